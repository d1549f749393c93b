import { UnsupportedError, roundHalfAwayFromZero } from '@quantrx/core'
import { quantizeMultiplier } from './fixed-point.ts'
import type { IntegerArray, RequantizeOptions } from './requantize.ts'

/** Up to here the product of a sum with a 16-bit multiplier, and what rounds it, is exact in float64. */
const exactSum = 2 ** 37

/**
 * `value * multiplier * 2^(shift - 31)` for a sum of up to 48 bits: the multiplier is reduced to 16 bits, the product is
 * rounded once, halves upwards. Follows `MultiplyByQuantizedMultiplier` on int64 (spec 6.4).
 *
 * @param value An integer of magnitude below 2^47, held exactly.
 * @param shift At most 7.
 */
export function multiplyWideByQuantizedMultiplier(value: number, multiplier: number, shift: number): number {
  const reduced = reducedMultiplier(multiplier)
  const total = 15 - shift
  if (Math.abs(value) < exactSum) return Math.floor((value * reduced + 2 ** (total - 1)) / 2 ** total)
  const product = BigInt(value) * BigInt(reduced) + (1n << BigInt(total - 1))
  return Number(product >> BigInt(total))
}

/** The upper 16 bits of a multiplier below 2^31, rounded: at most 0x7fff. */
export const reducedMultiplier = (multiplier: number): number =>
  multiplier < 0x7fff0000 ? (multiplier + 32768) >> 16 : 0x7fff

/** Requantizes `count` exact sums of up to 48 bits, one for each output channel in order. */
export type WideRequantizer = (sums: Float64Array, count: number, output: IntegerArray, at: number) => void

/**
 * What turns the exact sums of int16 FULLY_CONNECTED into outputs in the `xnnpack` arithmetic: a factor in float64, halves
 * away from zero. See `arithmetic/README.md`.
 */
export function wideFloatRequantizer({
  scales,
  zeroPoint,
  range: { min, max },
}: RequantizeOptions): WideRequantizer {
  const perChannel = scales.length > 1 ? 1 : 0
  return (sums, count, output, at) => {
    for (let channel = 0; channel < count; channel++) {
      const value = roundHalfAwayFromZero(sums[channel]! * scales[channel * perChannel]!) + zeroPoint
      output[at + channel] = value < min ? min : value > max ? max : value
    }
  }
}

/**
 * What turns the 64-bit sums of int16 convolutions into stored outputs, as {@link multiplyWideByQuantizedMultiplier}
 * computes, in both arithmetics.
 *
 * @throws UnsupportedError for a factor of 128 or more, which is beyond what TensorFlow Lite computes.
 */
export function wideRequantizer({
  scales,
  zeroPoint,
  range: { min, max },
}: RequantizeOptions): WideRequantizer {
  const factors = scales.map(checkedMultiplier)
  const perChannel = scales.length > 1 ? 1 : 0
  return (sums, count, output, at) => {
    for (let channel = 0; channel < count; channel++) {
      const { multiplier, shift } = factors[channel * perChannel]!
      const value = multiplyWideByQuantizedMultiplier(sums[channel]!, multiplier, shift) + zeroPoint
      output[at + channel] = value < min ? min : value > max ? max : value
    }
  }
}

function checkedMultiplier(factor: number) {
  const quantized = quantizeMultiplier(factor)
  if (quantized.shift <= 7) return quantized
  throw new UnsupportedError({
    stage: 'kernels',
    subject: 'requantization factor of an int16 operator',
    found: String(factor),
    expected: 'less than 128',
    nextStep: 'Check the scales of the model',
  })
}
