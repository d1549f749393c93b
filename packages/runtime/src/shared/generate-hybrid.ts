import { wasm } from '@quantrx/kernels'
import type {
  BatchQuantization,
  Conv2dGeometry,
  ConvolutionGeometry,
  DepthwiseConv2dGeometry,
  FullyConnectedGeometry,
  HybridScaling,
} from '@quantrx/kernels'
import { activationRange } from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions } from '../operator.ts'
import { hybridConvolutionScaling } from './convolution.ts'
import { bindKernel, magnitude } from './generate-weighted.ts'
import { pointwiseGeometry } from './pointwise-geometry.ts'
import { floatBias, hybridWeights, weightedKind } from './weights.ts'
import type { WeightedOperator } from './weights.ts'

/** True for float32 activations and weights of integers. */
export const isHybrid = (operator: WeightedOperator): boolean => weightedKind(operator) === 'hybrid'

/** The largest magnitude of a quantized input less its zero point. */
const largestInput = 255

/** Hybrid CONV_2D as WebAssembly. */
export function generateHybridConv2d(
  operator: WeightedOperator,
  geometry: Conv2dGeometry,
  options: GenerateOptions,
): BoundKernel | undefined {
  const epilogue = wasm.sumsAlone(operator.channels)
  const { weights: filter } = hybridWeights(operator)
  const length = filter.length / operator.channels
  const products = wasm.conv2dKernel({ geometry, form: { kind: 'wide' }, inner: wasm.i16, epilogue, filter })
  const largest = largestSum(operator, (channel) => magnitude(filter, channel * length, 1, length))
  return bind(operator, rowsOf(geometry), hybridConvolutionScaling(operator), products, largest, options)
}

/** Hybrid DEPTHWISE_CONV_2D as WebAssembly. */
export function generateHybridDepthwise(
  operator: WeightedOperator,
  geometry: DepthwiseConv2dGeometry,
  options: GenerateOptions,
): BoundKernel | undefined {
  const epilogue = wasm.sumsAlone(operator.channels)
  const { weights: filter } = hybridWeights(operator)
  const products = wasm.depthwiseConv2dKernel({
    ...{ geometry, input: { kind: 'wide' }, inner: wasm.i16, epilogue, filter, order: 'rows' },
    compact: options.compactWeights,
  })
  const taps = filter.length / operator.channels
  const largest = largestSum(operator, (channel) => magnitude(filter, channel, operator.channels, taps))
  return bind(operator, rowsOf(geometry), hybridConvolutionScaling(operator), products, largest, options)
}

/** Hybrid FULLY_CONNECTED as WebAssembly, but for weights of which blocks have scales of their own. */
export function generateHybridMatrix(
  operator: WeightedOperator,
  { rows, depth, units }: FullyConnectedGeometry,
  inputQuantization: BatchQuantization,
  options: GenerateOptions,
): BoundKernel | undefined {
  if (operator.weights.blocks !== undefined) return undefined
  const { weights: filter, filterScales } = hybridWeights(operator)
  const geometry = pointwiseGeometry(rows, depth, units)
  const epilogue = wasm.sumsAlone(units)
  const products = wasm.conv2dKernel({ geometry, form: { kind: 'wide' }, inner: wasm.i16, epilogue, filter })
  const largest = largestSum(operator, (unit) => magnitude(filter, unit * depth, 1, depth))
  const [bias, range] = [floatBias(operator), activationRange(operator.activation)]
  const scaling = { filterScales, bias, range, inputQuantization }
  return bind(operator, { rows, length: depth, positions: 1 }, scaling, products, largest, options)
}

/** Images are quantized one by one. */
function rowsOf(geometry: ConvolutionGeometry): Rows {
  const { batches, inputHeight, inputWidth, inputChannels, outputHeight, outputWidth } = geometry
  const length = inputHeight * inputWidth * inputChannels
  return { rows: batches, length, positions: outputHeight * outputWidth }
}

type Rows = Pick<wasm.HybridOptions, 'rows' | 'length' | 'positions'>

function largestSum({ channels }: WeightedOperator, magnitudeOf: (channel: number) => number): number {
  let largest = 0
  for (let channel = 0; channel < channels; channel++) largest = Math.max(largest, magnitudeOf(channel))
  return largestInput * largest
}

/** Sums are of 32 bits. A share would have to look at all of the input for its range, so that one thread does all. */
function bind(
  operator: WeightedOperator,
  rows: Rows,
  scaling: HybridScaling,
  products: wasm.GeneratedKernel | undefined,
  largest: number,
  { share }: GenerateOptions,
): BoundKernel | undefined {
  const { weights, bias } = operator
  const isKnown = weights.constant && bias?.constant !== false
  if (products === undefined || !isKnown || share !== undefined || largest >= 2 ** 31) return undefined
  return bindKernel(operator, wasm.hybridKernel({ ...rows, scaling, products, largestSum: largest }))
}
