import { depthwiseConv2dGeometry, wasm } from '@quantrx/kernels'
import type { BoundKernel, OperatorContext } from '../operator.ts'
import { convolutionOperator, convolutionShapes } from './convolution.ts'
import {
  bindKernel,
  floatEpilogue,
  hasConstantWeights,
  int16Form,
  integerEpilogue,
  magnitude,
} from './generate-weighted.ts'
import { dataAs } from './operands.ts'
import { integerWeights, weightedKind } from './weights.ts'

/** DEPTHWISE_CONV_2D as WebAssembly. */
export function generateDepthwiseConv2d(
  context: OperatorContext<'DEPTHWISE_CONV_2D'>,
): BoundKernel | undefined {
  const geometry = depthwiseConv2dGeometry(convolutionShapes(context))
  const operator = convolutionOperator(context, geometry.outputChannels)
  const kind = weightedKind(operator)
  const order = context.arithmetic === 'xnnpack' && geometry.depthMultiplier === 1 ? 'columns' : 'rows'
  if (kind === 'hybrid' || !hasConstantWeights(operator)) return undefined
  if (kind === 'float32') {
    const filter = dataAs(context, operator.weights, 'float32')
    const form = { kind: 'float32' } as const
    const epilogue = floatEpilogue(operator)
    return bindKernel(operator, wasm.depthwiseConv2dKernel({ geometry, form, epilogue, filter, order }))
  }
  const integers = integerWeights(operator)
  const taps = geometry.filterHeight * geometry.filterWidth
  const sums = wasm.largestSums(integers.bias, (channel) =>
    magnitude(integers.weights, channel, geometry.outputChannels, taps),
  )
  const epilogue = integerEpilogue(operator, integers, integers.bias, sums)
  if (epilogue === undefined) return undefined
  const form = int16Form(operator, integers)
  const filter = integers.weights
  return bindKernel(operator, wasm.depthwiseConv2dKernel({ geometry, form, epilogue, filter, order }))
}
