import { wasm } from '@quantrx/kernels'
import type { Conv2dGeometry, DepthwiseConv2dGeometry } from '@quantrx/kernels'
import type { GenerateOptions } from '../operator.ts'
import { magnitude } from './generate-weighted.ts'
import { wideWeights } from './weights.ts'
import type { IntegerWeights, WeightedOperator } from './weights.ts'

/** The largest magnitude of an int16. */
const largestInput = 32768

/** What makes the kernel of a dense convolution of int16 activations; undefined where sums may need more than 32 bits. */
export function wideKernel(
  operator: WeightedOperator,
  integers: IntegerWeights<Float64Array>,
): ((geometry: Conv2dGeometry, channels?: wasm.Span) => wasm.GeneratedKernel | undefined) | undefined {
  const { weights: filter } = integers
  const length = filter.length / operator.channels
  const epilogue = wideEpilogue(operator, integers, (channel) =>
    magnitude(filter, channel * length, 1, length),
  )
  return (
    epilogue &&
    ((geometry, channels) =>
      wasm.conv2dKernel({ geometry, form: { kind: 'wide' }, inner: wasm.i16, epilogue, filter, channels }))
  )
}

/** A depthwise convolution of int16 activations. */
export function wideDepthwiseKernel(
  operator: WeightedOperator,
  geometry: DepthwiseConv2dGeometry,
  { share, compactWeights: compact }: GenerateOptions,
): wasm.GeneratedKernel | undefined {
  const integers = wideWeights(operator)
  const { weights: filter } = integers
  const taps = geometry.filterHeight * geometry.filterWidth
  const epilogue = wideEpilogue(operator, integers, (channel) =>
    magnitude(filter, channel, geometry.outputChannels, taps),
  )
  if (epilogue === undefined) return undefined
  const operands = {
    geometry,
    input: { kind: 'wide' },
    inner: wasm.i16,
    epilogue,
    filter,
    order: 'rows',
  } as const
  return wasm.depthwiseConv2dKernel({ ...operands, share, compact })
}

function wideEpilogue(
  { context: { kind, arithmetic } }: WeightedOperator,
  { bias, requantization }: IntegerWeights<Float64Array>,
  magnitudeOf: (channel: number) => number,
): wasm.Epilogue | undefined {
  const largestSums = Float64Array.from(bias, (_, channel) => largestInput * magnitudeOf(channel))
  // LiteRT scales the sums of this operator by float64.
  const scalesByFloats = kind === 'FULLY_CONNECTED' && arithmetic === 'xnnpack'
  const requantize = scalesByFloats ? wasm.wideFloatRequantizeEpilogue : wasm.wideRequantizeEpilogue
  return requantize({ ...requantization, bias, largestSums })
}
