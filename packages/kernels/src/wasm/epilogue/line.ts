import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import type { QuantizedMultiplier } from '../../arithmetic/fixed-point.ts'

/** What decides the outputs of a channel. */
export interface ChannelRequantization {
  readonly scale: number
  readonly zeroPoint: number
  /** Smallest and largest output, of an 8-bit type. */
  readonly range: { readonly min: number; readonly max: number }
  /** Bound of the magnitude of the sums. */
  readonly largestSum: number
}

/** What the lines of all channels of a layer have in common. */
export interface LineShape {
  /** Bits that the fine product is shifted right; without it there is no fine product. */
  readonly fineShift?: number
  /** Whether lines are lower by a constant where sums are negative. */
  readonly jumps: boolean
}

/**
 * A requantization in 32-bit arithmetic: with `x = max(lowest, min(highest, sum))` the output is the upper byte of
 * `x * coarse + ((x * fine) >> fineShift) + offset - (x < 0 ? jump : 0)`, modulo 2^32.
 */
export interface Line {
  readonly lowest: number
  readonly highest: number
  readonly coarse: number
  readonly fine: number
  readonly offset: number
  readonly jump: number
}

/** A fixed-point factor, and what both of its roundings are made of. */
interface RoundingFactor extends QuantizedMultiplier {
  /** 2 to the shift to the right. */
  readonly power: number
  readonly half: number
  /** The multiplier, shifted to the left. */
  readonly divisor: number
}

function roundingFactor(scale: number): RoundingFactor {
  const { multiplier, shift } = quantizeMultiplier(scale)
  const power = 2 ** Math.max(-shift, 0)
  const divisor = multiplier * 2 ** Math.max(shift, 0)
  return { multiplier, shift, power, half: power > 1 ? power / 2 : 0, divisor }
}

/** Between which sums outputs change, and what the first and the last of these give. */
export interface Reach {
  readonly factor: RoundingFactor
  readonly lowest: number
  readonly highest: number
  readonly first: number
  readonly last: number
  /** How much lower the line is for negative sums: halves that round away from zero, of the first rounding's step. */
  readonly jump: number
}

const unit = 2 ** 24

/** The reach of a channel; undefined where its sums could overflow in the reference. */
export function reachOf(channel: ChannelRequantization): Reach | undefined {
  const { scale, zeroPoint, range, largestSum } = channel
  if (!(largestSum * Math.max(2, scale * 2) < 2 ** 31)) return undefined
  const factor = roundingFactor(scale)
  const outputOf = (sum: number): number =>
    Math.min(range.max, Math.max(range.min, zeroPoint + scaled(sum, factor)))
  const [first, last] = [outputOf(-largestSum), outputOf(largestSum)]
  if (first === last) return { factor, first, last, lowest: 0, highest: 0, jump: 0 }
  const lowest = Math.max(-largestSum, firstSumOf(first + 1 - zeroPoint, factor) - 1)
  const highest = firstSumOf(last - zeroPoint, factor)
  const bothSigns = lowest < 0 && highest > 0 && factor.shift < 0 && factor.shift >= -24
  return { factor, first, last, lowest, highest, jump: bothSigns ? unit * 2 ** factor.shift : 0 }
}

/**
 * The line of a channel, found by proof: gemmlowp's requantization with its two roundings (spec 6.2) never decreases, so a
 * line that is right on both sides of every step, of which there are at most 255, is right everywhere.
 *
 * @returns undefined when there is none of that shape.
 */
export function lineOf(
  { scale, zeroPoint }: ChannelRequantization,
  { factor, lowest, highest, first, last, jump: wanted }: Reach,
  { fineShift, jumps }: LineShape,
): Line | undefined {
  const slope = scale * unit
  const power = 2 ** (fineShift ?? 0)
  if (power * Math.max(-lowest, highest) >= 2 ** 31) return undefined
  const coarse = fineShift === undefined ? Math.round(slope) : Math.floor(slope)
  const fine = fineShift === undefined ? 0 : Math.round((slope - coarse) * power)
  const jump = jumps ? wanted : 0
  const inverse = 1 / power
  const lineAt = (x: number): number => coarse * x + Math.floor(fine * x * inverse) - (x < 0 ? jump : 0)
  let least = first * unit - lineAt(lowest)
  let most = (last + 1) * unit - 1 - lineAt(highest)
  let target = first * unit
  for (let value = first + 1 - zeroPoint; value <= last - zeroPoint && least <= most; value++) {
    const step = firstSumOf(value, factor)
    const below = step - 1
    target += unit
    // The line at the step and just below it, written out: this runs for every step of every channel.
    const from = target - coarse * step - Math.floor(fine * step * inverse) + (step < 0 ? jump : 0)
    const to = target - 1 - coarse * below - Math.floor(fine * below * inverse) + (below < 0 ? jump : 0)
    if (from > least) least = from
    if (to < most) most = to
  }
  if (least > most) return undefined
  return { lowest, highest, coarse: coarse | 0, fine, offset: Math.floor((least + most) / 2) | 0, jump }
}

const scaled = (sum: number, { multiplier, shift }: QuantizedMultiplier): number =>
  multiplyByQuantizedMultiplier(sum, multiplier, shift)

/** Quotients up to this size are exact after rounding up: they differ from an integer by at least 2^-31 or by nothing. */
const exactQuotient = 2 ** 20

/**
 * The smallest sum that is scaled to a value or more. The first rounding of gemmlowp reaches p where
 * `sum * 2^left * multiplier + 2^30 >= p * 2^31`, and the second reaches the value from the smallest such p on.
 */
function firstSumOf(value: number, factor: RoundingFactor): number {
  const { power, half, divisor } = factor
  // Halves round away from zero: up for positive values, down for the others.
  const product = value * power - half + (power > 1 && value <= 0 ? 1 : 0)
  const sum = Math.ceil((2 ** 30 * (2 * product - 1)) / divisor)
  return Math.abs(sum) <= exactQuotient ? sum : corrected(sum, value, factor)
}

function corrected(near: number, value: number, factor: QuantizedMultiplier): number {
  let sum = near
  while (scaled(sum - 1, factor) >= value) sum--
  while (scaled(sum, factor) < value) sum++
  return sum
}
