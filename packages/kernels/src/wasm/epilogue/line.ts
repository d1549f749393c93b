import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import type { QuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import { largestShift } from './shifted-bytes.ts'

/** What decides the outputs of a channel whose negative sums are clamped: the zero point is the smallest output, or below. */
export interface ChannelRequantization {
  readonly scale: number
  readonly zeroPoint: number
  /** Smallest and largest output, of an 8-bit type. */
  readonly range: { readonly min: number; readonly max: number }
  /** Bounds of the sums, integers. */
  readonly sums: { readonly min: number; readonly max: number }
}

/** A requantization by one product of 64 bits: the output is `(sum * multiplier + offset) >> (32 + shift)`, to be clamped. */
export interface Line {
  /** Fits an int32. */
  readonly multiplier: number
  /** From 1 to 8. */
  readonly shift: number
  /** Below 2^53. */
  readonly offset: number
}

/**
 * The line of a channel. gemmlowp rounds `sum * multiplier` to p, and p to the output (spec 6.2):
 *
 *     p      = (sum * multiplier + 2^30) >> 31
 *     output = (p + 2^(e-1) - [p < 0]) >> e
 *
 * Rounding down twice is the same as rounding down at the end, and p is negative only where the sum is, whose output is clamped, so
 * with the zero point this is one line. It holds for every sum. Smaller scales have too large an e: their multiplier loses bits,
 * and {@link provenLine} tells whether any of them counts.
 *
 * @returns undefined when there is none: scales of at least 1/4, and small ones.
 */
export function lineOf(channel: ChannelRequantization): Line | undefined {
  const { scale, zeroPoint } = channel
  const { multiplier, shift } = quantizeMultiplier(scale)
  if (multiplier === 0) return { multiplier: 0, shift: 1, offset: zeroPoint * unitOf(1) }
  if (shift >= -1) return undefined
  const lost = Math.max(0, -shift - 1 - largestShift)
  if (lost > 0) return provenLine(channel, multiplier * 2 ** -lost)
  const offset = 2 ** 30 + 2 ** (30 - shift) + zeroPoint * 2 ** (31 - shift)
  return { multiplier, shift: -shift - 1, offset }
}

const unitOf = (shift: number): number => 2 ** (32 + shift)

/**
 * A line found by proof: the requantization never decreases, so a line that is right on both sides of every step, of which
 * there are at most 255, is right everywhere.
 */
function provenLine(
  { scale, zeroPoint, range, sums }: ChannelRequantization,
  slope: number,
): Line | undefined {
  if (!(sums.min > -(2 ** 30) && sums.max < 2 ** 30)) return undefined
  const factor = quantizeMultiplier(scale)
  const multiplier = Math.round(slope)
  const unit = unitOf(largestShift)
  const outputOf = (sum: number): number =>
    Math.min(range.max, Math.max(range.min, zeroPoint + scaled(sum, factor)))
  const [first, last] = [outputOf(sums.min), outputOf(sums.max)]
  if (first === last) return { multiplier: 0, shift: 1, offset: first * unitOf(1) }
  // What is clamped may be anything beyond the range.
  let least = first > range.min ? first * unit - sums.min * multiplier : -Infinity
  let most = last < range.max ? (last + 1) * unit - 1 - sums.max * multiplier : Infinity
  let target = first * unit
  for (let value = first + 1 - zeroPoint; value <= last - zeroPoint && least <= most; value++) {
    const step = firstSumOf(value, factor)
    target += unit
    const from = target - multiplier * step
    const to = target - 1 - multiplier * (step - 1)
    if (from > least) least = from
    if (to < most) most = to
  }
  if (least > most) return undefined
  // With a step between them, both are finite.
  const offset = Math.floor((least + most) / 2)
  return { multiplier, shift: largestShift, offset }
}

const scaled = (sum: number, { multiplier, shift }: QuantizedMultiplier): number =>
  multiplyByQuantizedMultiplier(sum, multiplier, shift)

/** Quotients up to this size are exact after rounding up: they differ from an integer by at least 2^-31 or by nothing. */
const exactQuotient = 2 ** 20

/**
 * The smallest sum that is scaled to a positive value or more. The first rounding of gemmlowp reaches p where
 * `sum * multiplier + 2^30 >= p * 2^31`, and the second reaches the value from `value * 2^e - 2^(e-1)` on.
 */
function firstSumOf(value: number, factor: QuantizedMultiplier): number {
  const product = (value - 0.5) * 2 ** -factor.shift
  const sum = Math.ceil((2 ** 30 * (2 * product - 1)) / factor.multiplier)
  return Math.abs(sum) <= exactQuotient ? sum : corrected(sum, value, factor)
}

function corrected(near: number, value: number, factor: QuantizedMultiplier): number {
  let sum = near
  while (scaled(sum - 1, factor) >= value) sum--
  while (scaled(sum, factor) < value) sum++
  return sum
}
