import { conv2dGeometry, wasm } from '@quantrx/kernels'
import type { Conv2dGeometry, FullyConnectedGeometry } from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions, OperatorContext } from '../operator.ts'
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
import type { WeightedOperator } from './weights.ts'

/** CONV_2D as WebAssembly. */
export function generateConv2d(
  context: OperatorContext<'CONV_2D'>,
  options: GenerateOptions,
): BoundKernel | undefined {
  const geometry = conv2dGeometry(convolutionShapes(context))
  return generateDense(convolutionOperator(context, geometry.outputChannels), geometry, options)
}

/** FULLY_CONNECTED as WebAssembly: a convolution of a row of positions with a window of one. */
export function generatePointwise(
  operator: WeightedOperator,
  { rows, depth, units }: FullyConnectedGeometry,
  options: GenerateOptions,
): BoundKernel | undefined {
  const shape = { batches: 1, inputHeight: 1, inputWidth: rows, inputChannels: depth }
  const output = { outputHeight: 1, outputWidth: rows, outputChannels: units, groups: 1 }
  const window = { filterHeight: 1, filterWidth: 1, strideHeight: 1, strideWidth: 1 }
  const steps = { dilationHeight: 1, dilationWidth: 1, padTop: 0, padLeft: 0 }
  return generateDense(operator, { ...shape, ...output, ...window, ...steps }, options)
}

function generateDense(
  operator: WeightedOperator,
  geometry: Conv2dGeometry,
  { innerLoop }: GenerateOptions,
): BoundKernel | undefined {
  const { context } = operator
  const kind = weightedKind(operator)
  if (kind === 'hybrid' || !hasConstantWeights(operator) || geometry.groups !== 1) return undefined
  if (kind === 'float32') {
    const filter = dataAs(context, operator.weights, 'float32')
    const form = { kind: 'float32' } as const
    const inner = wasm.float32Loop
    return bindKernel(
      operator,
      wasm.conv2dKernel({ geometry, form, inner, epilogue: floatEpilogue(operator), filter }),
    )
  }
  const integers = integerWeights(operator)
  const { weights: filter, bias, inputZeroPoint: zeroPoint } = integers
  const length = filter.length / geometry.outputChannels
  const sums = wasm.largestSums(bias, (channel) => magnitude(filter, channel * length, 1, length))
  // Bytes can hold the weights unless a zero point has moved them.
  const bytes = innerLoop === 'usdot' && filter.every((weight) => weight >= -128 && weight <= 127)
  const signed = operator.input.type === 'int8'
  const form = bytes ? ({ kind: 'uint8', signed, zeroPoint } as const) : int16Form(operator, integers)
  const unsignedZero = signed ? zeroPoint + 128 : zeroPoint
  const first = bytes ? wasm.foldZeroPoint(bias, filter, unsignedZero) : bias
  const epilogue = integerEpilogue(operator, integers, first, sums)
  if (epilogue === undefined) return undefined
  const inner = bytes ? wasm.usdot : wasm.i16
  return bindKernel(operator, wasm.conv2dKernel({ geometry, form, inner, epilogue, filter }))
}
