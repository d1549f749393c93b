import { activationRange, wasm } from '@quantrx/kernels'
import type {
  BatchQuantization,
  Conv2dGeometry,
  ConvolutionGeometry,
  DepthwiseConv2dGeometry,
  FullyConnectedGeometry,
  HybridScaling,
} from '@quantrx/kernels'
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
  if (!isGenerated(operator, options)) return undefined
  return bind(
    operator,
    rowsOf(geometry),
    hybridConvolutionScaling(operator),
    denseProducts(operator, geometry),
  )
}

/** Hybrid TRANSPOSE_CONV as WebAssembly: the sums of each of its phases are those of a convolution. */
export function generateHybridTransposeConv(
  operator: WeightedOperator,
  geometry: ConvolutionGeometry,
  options: GenerateOptions,
): BoundKernel | undefined {
  if (!isGenerated(operator, options)) return undefined
  const { channels } = operator
  const { weights } = hybridWeights(operator)
  const epilogue = wasm.sumsAlone(channels)
  const kernel = wasm.transposeConvKernel({
    ...{ geometry, filter: weights, bytes: { input: 2, output: 4 } },
    convolution: (_, filter) => (rows) =>
      wasm.conv2dKernel({ geometry: rows, form: { kind: 'wide' }, inner: wasm.i16, epilogue, filter }),
  })
  const products = { kernel, largestSum: largestOfFilter(weights, channels) }
  return bind(operator, rowsOf(geometry), hybridConvolutionScaling(operator), products)
}

/** Hybrid DEPTHWISE_CONV_2D as WebAssembly. */
export function generateHybridDepthwise(
  operator: WeightedOperator,
  geometry: DepthwiseConv2dGeometry,
  options: GenerateOptions,
): BoundKernel | undefined {
  if (!isGenerated(operator, options)) return undefined
  const { channels } = operator
  const { weights: filter } = hybridWeights(operator)
  const kernel = wasm.depthwiseConv2dKernel({
    ...{ geometry, input: { kind: 'wide' }, inner: wasm.i16, filter, order: 'rows' },
    epilogue: wasm.sumsAlone(channels),
    compact: options.compactWeights,
  })
  const taps = filter.length / channels
  const largestSum = largestOf(channels, (channel) => magnitude(filter, channel, channels, taps))
  return bind(operator, rowsOf(geometry), hybridConvolutionScaling(operator), { kernel, largestSum })
}

/** Hybrid FULLY_CONNECTED as WebAssembly, but for weights of which blocks have scales of their own. */
export function generateHybridMatrix(
  operator: WeightedOperator,
  { rows, depth, units }: FullyConnectedGeometry,
  inputQuantization: BatchQuantization,
  options: GenerateOptions,
): BoundKernel | undefined {
  if (operator.weights.blocks !== undefined || !isGenerated(operator, options)) return undefined
  const { filterScales } = hybridWeights(operator)
  const [bias, range] = [floatBias(operator), activationRange(operator.activation)]
  const scaling = { filterScales, bias, range, inputQuantization }
  const products = denseProducts(operator, pointwiseGeometry(rows, depth, units))
  return bind(operator, { rows, length: depth, positions: 1 }, scaling, products)
}

/**
 * True where weights and bias are known before an inference, and one thread does everything: a share would have to look at all of the
 * input for its range.
 */
const isGenerated = ({ weights, bias }: WeightedOperator, { share }: GenerateOptions): boolean =>
  weights.constant && bias?.constant !== false && share === undefined

/** What sums the products of quantized rows, and a bound of the magnitudes of its sums. */
interface Products {
  readonly kernel: wasm.GeneratedKernel | undefined
  readonly largestSum: number
}

function denseProducts(operator: WeightedOperator, geometry: Conv2dGeometry): Products {
  const { channels } = operator
  const { weights: filter } = hybridWeights(operator)
  const { groups } = geometry
  const [length, epilogue] = [filter.length / groups, wasm.sumsAlone(channels / groups)]
  const build = (group: number, own: Conv2dGeometry) => {
    const weights = filter.subarray(group * length, (group + 1) * length)
    const form = { kind: 'wide' } as const
    return wasm.conv2dKernel({ geometry: own, form, inner: wasm.i16, epilogue, filter: weights })
  }
  const bytes = { input: 2, output: 4 } as const
  return {
    kernel: groups === 1 ? build(0, geometry) : wasm.groupedConv2dKernel({ geometry, bytes, build }),
    largestSum: largestOfFilter(filter, channels),
  }
}

/** For a filter of which each output channel is one run. */
function largestOfFilter(filter: Int16Array, channels: number): number {
  const length = filter.length / channels
  return largestOf(channels, (channel) => magnitude(filter, channel * length, 1, length))
}

/** Images are quantized one by one. */
function rowsOf(geometry: ConvolutionGeometry): Rows {
  const { batches, inputHeight, inputWidth, inputChannels, outputHeight, outputWidth } = geometry
  const length = inputHeight * inputWidth * inputChannels
  return { rows: batches, length, positions: outputHeight * outputWidth }
}

type Rows = Pick<wasm.HybridOptions, 'rows' | 'length' | 'positions'>

function largestOf(channels: number, magnitudeOf: (channel: number) => number): number {
  let largest = 0
  for (let channel = 0; channel < channels; channel++) largest = Math.max(largest, magnitudeOf(channel))
  return largestInput * largest
}

/** Undefined where there is no kernel, and where sums may need more than 32 bits. */
function bind(
  operator: WeightedOperator,
  rows: Rows,
  scaling: HybridScaling,
  { kernel: products, largestSum }: Products,
): BoundKernel | undefined {
  if (products === undefined || largestSum >= 2 ** 31) return undefined
  return bindKernel(operator, wasm.hybridKernel({ ...rows, scaling, products, largestSum }))
}
