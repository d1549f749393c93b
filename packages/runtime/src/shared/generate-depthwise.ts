import { depthwiseConv2dGeometry, wasm } from '@quantrx/kernels'
import type { DepthwiseConv2dGeometry } from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions, OperatorContext } from '../operator.ts'
import { convolutionOperator, convolutionShapes } from './convolution.ts'
import {
  bindKernel,
  bytesHold,
  floatEpilogue,
  generatedKind,
  integerEpilogue,
  magnitude,
} from './generate-weighted.ts'
import { generateHybridDepthwise, isHybrid } from './generate-hybrid.ts'
import { wideDepthwiseKernel } from './generate-wide.ts'
import { dataAs } from './operands.ts'
import { integerWeights } from './weights.ts'
import type { IntegerWeights, WeightedOperator } from './weights.ts'

/** DEPTHWISE_CONV_2D as WebAssembly. */
export function generateDepthwiseConv2d(
  context: OperatorContext<'DEPTHWISE_CONV_2D'>,
  options: GenerateOptions,
): BoundKernel | undefined {
  const geometry = depthwiseConv2dGeometry(convolutionShapes(context))
  const operator = convolutionOperator(context, geometry.outputChannels)
  return generateChannels(operator, geometry, options)
}

/** A convolution of each channel on its own, as WebAssembly; its filter is `[1, height, width, outputChannels]`. */
export function generateChannels(
  operator: WeightedOperator,
  geometry: DepthwiseConv2dGeometry,
  options: GenerateOptions,
): BoundKernel | undefined {
  if (isHybrid(operator)) return generateHybridDepthwise(operator, geometry, options)
  const kind = generatedKind(operator)
  if (kind === undefined) return undefined
  return bindKernel(operator, kernels[kind](operator, geometry, options))
}

const kernels = { float32: floatKernel, integer: integerKernel, wide: wideDepthwiseKernel } as const

function floatKernel(
  operator: WeightedOperator,
  geometry: DepthwiseConv2dGeometry,
  { floatProducts, share, compactWeights: compact }: GenerateOptions,
): wasm.GeneratedKernel | undefined {
  const { context, weights } = operator
  return wasm.depthwiseConv2dKernel({
    geometry,
    input: { kind: 'float32' },
    inner: floatProducts === 'fused' ? wasm.float32Fused : wasm.float32Loop,
    epilogue: floatEpilogue(operator),
    filter: dataAs(context, weights, 'float32'),
    order: sumsColumns(context) && geometry.depthMultiplier === 1 ? 'columns' : 'rows',
    ...{ share, compact },
  })
}

const sumsColumns = ({ arithmetic, kind }: OperatorContext): boolean =>
  arithmetic === 'xnnpack' && kind === 'DEPTHWISE_CONV_2D'

function integerKernel(
  operator: WeightedOperator,
  geometry: DepthwiseConv2dGeometry,
  options: GenerateOptions,
): wasm.GeneratedKernel | undefined {
  const integers = integerWeights(operator)
  const build = (inner: wasm.InnerLoop, exceeds: boolean) =>
    kernelOf(operator, integers, geometry, options, inner, exceeds)
  const { weights } = integers
  const ofBytes = options.innerLoop === 'usdot' ? build(wasm.usdot, !bytesHold(operator, weights)) : undefined
  return ofBytes ?? build(wasm.i16, false)
}

/** @param exceeds whether weights exceed the bytes that products are made of. */
function kernelOf(
  operator: WeightedOperator,
  integers: IntegerWeights,
  geometry: DepthwiseConv2dGeometry,
  { share, compactWeights: compact }: GenerateOptions,
  inner: wasm.InnerLoop,
  exceeds: boolean,
): wasm.GeneratedKernel | undefined {
  const { weights: filter, bias, inputZeroPoint: zeroPoint } = integers
  const input = { kind: 'bytes', signed: operator.input.type === 'int8', zeroPoint } as const
  const inSums = wasm.zeroPointInSums(input, inner.elementsPerStep)
  const folded = wasm.foldZeroPoint(bias, filter, inSums, 'channelsLast')
  const taps = geometry.filterHeight * geometry.filterWidth
  const sums = wasm.largestSums(bias, (channel) => magnitude(filter, channel, geometry.outputChannels, taps))
  const epilogue = integerEpilogue(operator, integers, folded, sums, {
    startsAnywhere: true,
    relaxed: inner === wasm.usdot,
    centers: bias,
  })
  const operands = { geometry, input, inner, epilogue, filter, exceeds, order: 'rows' } as const
  return wasm.depthwiseConv2dKernel({ ...operands, share, compact })
}
