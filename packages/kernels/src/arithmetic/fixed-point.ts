import { UnsupportedError, roundHalfAwayFromZero } from '@quantrx/core'
import { splitBinary } from '../math/split-binary.ts'

/**
 * A positive real factor as a 32-bit fixed-point number: `multiplier * 2^(shift - 31)`, multiplier in [2^30, 2^31).
 * A factor too small to matter is multiplier 0, shift 0.
 */
export interface QuantizedMultiplier {
  readonly multiplier: number
  /** Positive shifts are to the left. */
  readonly shift: number
}

const two31 = 2 ** 31

/**
 * The fixed-point form of a non-negative real factor: significand rounded half away from zero to 31 bits; factors below
 * 2^-32 become 0. Follows `QuantizeMultiplier` of TensorFlow Lite (spec 6.1).
 *
 * @throws UnsupportedError for a factor that is negative or not finite.
 *
 * @example
 * quantizeMultiplier(0.1) // { multiplier: 1717986918, shift: -3 }
 */
export function quantizeMultiplier(factor: number): QuantizedMultiplier {
  if (factor === 0) return { multiplier: 0, shift: 0 }
  if (!(factor > 0 && factor < Infinity)) {
    throw new UnsupportedError({
      stage: 'kernels',
      subject: 'requantization factor',
      found: String(factor),
      expected: 'a finite number of 0 or more',
      nextStep: 'Check the scales of the model',
    })
  }
  const { fraction, exponent: binaryExponent } = splitBinary(factor)
  let exponent = binaryExponent
  let multiplier = roundHalfAwayFromZero(fraction * two31)
  if (multiplier === two31) {
    multiplier = two31 / 2
    exponent++
  }
  if (exponent < -31) return { multiplier: 0, shift: 0 }
  return { multiplier, shift: exponent }
}

/**
 * `round(a * b / 2^31)` for int32 `a` and `b`, halves towards +infinity; the one overflow, both -2^31, saturates.
 * Follows gemmlowp's function of that name (spec 6.2).
 */
export function saturatingRoundingDoublingHighMultiply(a: number, b: number): number {
  if (a === -two31 && b === -two31) return two31 - 1
  // The product of two int32 does not fit a float64, so b is split: a * high is exact, and so is a * low.
  const high = b >> 16
  const low = b & 0xffff
  const product = a * high
  // (product * 2^16 + a * low + 2^30) / 2^31, floored: gemmlowp's negative nudge with truncation is the same number.
  const upper = Math.floor(product / 32768)
  const rest = (product - upper * 32768) * 65536 + a * low
  return (upper + Math.floor((rest + 1073741824) / two31)) | 0
}

/**
 * `round(value / 2^exponent)` for int32 `value` and exponent 0 to 31, halves away from zero.
 * Follows gemmlowp's function of that name (spec 6.2).
 */
export function roundingDivideByPowerOfTwo(value: number, exponent: number): number {
  if (exponent === 0) return value
  const mask = exponent === 31 ? 0x7fffffff : (1 << exponent) - 1
  const remainder = value & mask
  const threshold = (mask >> 1) + (value < 0 ? 1 : 0)
  return (value >> exponent) + (remainder > threshold ? 1 : 0)
}

/**
 * `value * multiplier * 2^(shift - 31)` with TensorFlow Lite's double rounding, for int32 `value`.
 * Follows `MultiplyByQuantizedMultiplier` without single rounding (spec 6.2).
 */
export function multiplyByQuantizedMultiplier(value: number, multiplier: number, shift: number): number {
  const left = shift > 0 ? shift : 0
  const right = shift > 0 ? 0 : -shift
  const product = saturatingRoundingDoublingHighMultiply((value << left) | 0, multiplier)
  return roundingDivideByPowerOfTwo(product, right)
}

/** Integers up to here, and halves of them, are exact in float64. */
const exactProduct = 2 ** 52

/**
 * `value * multiplier * 2^(shift - 31)` for int32 `value`, rounded once, halves towards +infinity: what ruy does with the sums of
 * its products of matrices (found by comparison with LiteRT, see `arithmetic/README.md`).
 *
 * @example
 * multiplyRoundingOnce(1, 2 ** 30, 0) // 1, of 0.5
 */
export function multiplyRoundingOnce(value: number, multiplier: number, shift: number): number {
  const total = 31 - shift
  const product = value * multiplier
  if (Math.abs(product) < exactProduct && total <= 52) {
    return Math.floor((product + 2 ** (total - 1)) / 2 ** total)
  }
  return Number((BigInt(value) * BigInt(multiplier) + (1n << BigInt(total - 1))) >> BigInt(total))
}
