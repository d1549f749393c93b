import {
  activationRange,
  conv2dGeometry,
  depthwiseConv2dGeometry,
  floatBiasOrder,
  wasm,
} from '@quantrx/kernels'
import type { Conv2dGeometry, FullyConnectedGeometry } from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions, OperatorContext } from '../operator.ts'
import { convolutionOperator, convolutionShapes } from './convolution.ts'
import { dataAs, outputAt } from './operands.ts'
import { floatBias, integerWeights, weightedKind } from './weights.ts'
import type { IntegerWeights, WeightedOperator } from './weights.ts'

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
    return bind(operator, wasm.depthwiseConv2dKernel({ geometry, form, epilogue, filter, order }))
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
  return bind(operator, wasm.depthwiseConv2dKernel({ geometry, form, epilogue, filter, order }))
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
    return bind(
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
  return bind(operator, wasm.conv2dKernel({ geometry, form, inner, epilogue, filter }))
}

function hasConstantWeights({ weights, bias }: WeightedOperator): boolean {
  return weights.constant && (bias === undefined || bias.constant)
}

function floatEpilogue(operator: WeightedOperator): wasm.Epilogue {
  const bias = floatBiasOrder(operator.context.arithmetic, floatBias(operator))
  return wasm.float32Epilogue(bias, activationRange(operator.activation))
}

function integerEpilogue(
  { context, input }: WeightedOperator,
  { requantization }: IntegerWeights,
  bias: Int32Array,
  sums: Float64Array,
): wasm.Epilogue | undefined {
  const outputType = input.type === 'int8' ? 'int8' : 'uint8'
  const options = { ...requantization, bias, outputType } as const
  return context.arithmetic === 'tflite'
    ? wasm.integerRequantizeEpilogue(options, sums)
    : wasm.floatRequantizeEpilogue(options)
}

function int16Form({ input }: WeightedOperator, { inputZeroPoint: zeroPoint }: IntegerWeights) {
  return { kind: 'int16', signed: input.type === 'int8', zeroPoint } as const
}

/** Sum of the magnitudes of `count` weights, `stride` apart. */
function magnitude(weights: Int16Array, from: number, stride: number, count: number): number {
  let sum = 0
  for (let index = 0; index < count; index++) sum += Math.abs(weights[from + index * stride]!)
  return sum
}

function bind(
  { context, input }: WeightedOperator,
  kernel: wasm.GeneratedKernel | undefined,
): BoundKernel | undefined {
  return kernel === undefined ? undefined : { kernel, inputs: [input], output: outputAt(context) }
}
