import { conv2dGeometry, wasm } from '@quantrx/kernels'
import type { Conv2dGeometry, FullyConnectedGeometry } from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions, OperatorContext } from '../operator.ts'
import { channelGroup, channelsLast } from './channel-group.ts'
import { convolutionOperator, convolutionShapes } from './convolution.ts'
import {
  bindKernel,
  floatEpilogue,
  generatedKind,
  int16Form,
  integerEpilogue,
  magnitude,
} from './generate-weighted.ts'
import type { GeneratedKind } from './generate-weighted.ts'
import { generateChannels } from './generate-depthwise.ts'
import { generateHybridConv2d, isHybrid } from './generate-hybrid.ts'
import { wideKernel } from './generate-wide.ts'
import { dataAs, outputAt } from './operands.ts'
import { pointwiseGeometry } from './pointwise-geometry.ts'
import { byteWeights, integerWeights, wideWeights } from './weights.ts'
import type { IntegerWeights, WeightedOperator } from './weights.ts'

/** CONV_2D as WebAssembly. */
export function generateConv2d(
  context: OperatorContext<'CONV_2D'>,
  options: GenerateOptions,
): BoundKernel | undefined {
  const geometry = conv2dGeometry(convolutionShapes(context))
  const operator = convolutionOperator(context, geometry.outputChannels)
  const { groups, inputChannels, outputChannels } = geometry
  if (groups > 1 && groups === inputChannels && operator.weights.constant) {
    const depthwise = { ...geometry, depthMultiplier: outputChannels / groups }
    return generateChannels(channelsLast(operator), depthwise, options)
  }
  return isHybrid(operator)
    ? generateHybridConv2d(operator, geometry, options)
    : generateDense(operator, geometry, options)
}

/** FULLY_CONNECTED as WebAssembly: a convolution of a column of positions with a window of one. */
export function generatePointwise(
  operator: WeightedOperator,
  { rows, depth, units }: FullyConnectedGeometry,
  options: GenerateOptions,
): BoundKernel | undefined {
  return generateDense(operator, pointwiseGeometry(rows, depth, units), options)
}

type BuildKernel = (geometry: Conv2dGeometry, channels?: wasm.Span) => wasm.GeneratedKernel | undefined

function generateDense(
  operator: WeightedOperator,
  geometry: Conv2dGeometry,
  options: GenerateOptions,
): BoundKernel | undefined {
  const kind = generatedKind(operator)
  if (kind === undefined) return undefined
  if (geometry.groups !== 1) return generateGroups(kind, operator, geometry, options)
  const build = builderOf(kind, operator, geometry, options)
  return (
    build && bindKernel(operator, wasm.shareConvolution(geometry, options.share, elementBytes[kind], build))
  )
}

/** Each group as a convolution of its own, whose code is the same wherever it can be. */
function generateGroups(
  kind: GeneratedKind,
  operator: WeightedOperator,
  geometry: Conv2dGeometry,
  given: GenerateOptions,
): BoundKernel | undefined {
  const { groups } = geometry
  const own = wasm.groupGeometry(geometry)
  const options = { ...given, compactWeights: true }
  const builds = Array.from({ length: groups }, (_, group) =>
    builderOf(kind, channelGroup(operator, group, groups), own, options),
  )
  const bytes = elementBytes[kind]
  const build = (group: number, rows: Conv2dGeometry) => builds[group]?.(rows)
  const kernel = wasm.shareRows(geometry, given.share, bytes, (rows) =>
    wasm.groupedConv2dKernel({ geometry: rows, bytes, build }),
  )
  return bindKernel(operator, kernel)
}

function builderOf(
  kind: GeneratedKind,
  operator: WeightedOperator,
  geometry: Conv2dGeometry,
  options: GenerateOptions,
): BuildKernel | undefined {
  switch (kind) {
    case 'float32':
      return floatKernel(operator, floatFilter(operator), options)
    case 'integer':
      return integerKernel(operator, weightsFor(operator, options), geometry, options)
    case 'wide':
      return wideKernel(operator, wideWeights(operator))
  }
}

/** Weights as they are stored, where the inner loop takes bytes, or else a copy that is as wide as sums of products need. */
function weightsFor(operator: WeightedOperator, { innerLoop }: GenerateOptions): ConvolutionWeights {
  return (innerLoop === 'usdot' ? byteWeights(operator) : undefined) ?? integerWeights(operator)
}

type ConvolutionWeights = IntegerWeights<Int32Array, Int16Array | Int8Array>

export const elementBytes = {
  float32: { input: 4, output: 4 },
  integer: { input: 1, output: 1 },
  wide: { input: 2, output: 2 },
} as const

export const floatFilter = ({ context, weights }: WeightedOperator): Float32Array =>
  dataAs(context, weights, 'float32')

export function floatKernel(
  operator: WeightedOperator,
  filter: Float32Array,
  { floatProducts, turbo: fusible = false }: GenerateOptions,
): BuildKernel {
  const inner = floatProducts === 'fused' ? wasm.float32Fused : wasm.float32Loop
  const epilogue = floatEpilogue(operator)
  const form = { kind: 'float32' } as const
  return (geometry, channels) =>
    wasm.conv2dKernel({ geometry, form, inner, epilogue, filter, fusible, channels })
}

/** Weights for each output that can be looked at for what shorter sums gain: layers with more take longer to compile than they gain. */
const weightsPerOutput = 2

/**
 * Bounds of the magnitude of each channel's sum; without a look at the weights of the channels where that is enough, or at any where it
 * takes too long.
 */
function boundsOfSums(
  { context }: WeightedOperator,
  { weights, bias, requantization }: ConvolutionWeights,
  length: number,
  bytes: boolean,
): Float64Array {
  const magnitudeOf = (channel: number): number => magnitude(weights, channel * length, 1, length)
  if (requantization.arithmetic === 'xnnpack') {
    const loose = wasm.looseSums(bias, length, bytes ? largestByte(weights) : undefined)
    const takesTooLong = weights.length > outputAt(context).data.length * weightsPerOutput
    return !bytes || takesTooLong ? loose : wasm.tightened(loose, wasm.endOfShort, bias, magnitudeOf)
  }
  return wasm.largestSums(bias, magnitudeOf)
}

/**
 * Bound of the magnitudes of weights that are stored as bytes. Most files have none of -128, which is looked for faster than sums are
 * computed, and decides for layers of 128 inputs.
 */
const largestByte = (weights: Int16Array | Int8Array): number | undefined =>
  weights instanceof Int8Array ? (weights.includes(-128) ? 128 : 127) : undefined

export function integerKernel(
  operator: WeightedOperator,
  integers: ConvolutionWeights,
  geometry: Conv2dGeometry,
  { innerLoop, compactWeights = false, turbo: fusible = false }: GenerateOptions,
): BuildKernel {
  const { weights: filter, bias, inputZeroPoint: zeroPoint } = integers
  const { outputChannels } = geometry
  const length = filter.length / outputChannels
  const bytes =
    filter instanceof Int8Array ||
    (innerLoop === 'usdot' && wasm.weightExcess(filter, geometry, outputChannels) !== undefined)
  const largestSums = boundsOfSums(operator, integers, length, bytes)
  if (bytes) {
    const signed = operator.input.type === 'int8'
    const folded = wasm.foldZeroPoint(bias, filter, signed ? zeroPoint + 128 : zeroPoint)
    const epilogue = integerEpilogue(operator, integers, folded, largestSums, {
      startsAnywhere: true,
      relaxed: true,
      centers: bias,
    })
    const form = { kind: 'uint8', signed, zeroPoint } as const
    return (geometry, channels) =>
      wasm.conv2dKernel({ geometry, form, inner: wasm.usdot, epilogue, filter, fusible, channels })
  }
  const epilogue = integerEpilogue(operator, integers, bias, largestSums, {
    startsAnywhere: false,
    centers: bias,
  })
  const form = int16Form(operator, integers)
  return (geometry, channels) =>
    (compactWeights
      ? undefined
      : wasm.winogradConv2dKernel({ geometry, form, epilogue, filter, bias, largestSums, fusible })) ??
    wasm.conv2dKernel({ geometry, form, inner: wasm.i16, epilogue, filter, fusible, channels })
}
