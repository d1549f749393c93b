import { roundHalfToEven } from '@quantrx/core'
import { floatBits } from './epilogue.ts'
import type { SumBounds } from './float-starts.ts'

/** A channel, its scale a float32. */
export interface ScaledChannel {
  readonly scale: number
  readonly zeroPoint: number
  /** Smallest and largest output, of an 8-bit type. */
  readonly range: { readonly min: number; readonly max: number }
  /** An integer in the middle of the sums, and how far they are from it at most. */
  readonly center: number
  readonly reach: number
}

/**
 * A requantization by one fused product: of a sum plus `shift`, which is a float32, the output is
 * `round(fused(float * scale + offset)) + zeroPoint`, to be clamped.
 */
export interface FusedScale {
  /** An integer that makes floats of sums which all have the same power of two. */
  readonly shift: number
  /** A float32 that takes away the shift. */
  readonly offset: number
}

/** All sums plus their shift are from here to twice as much: float32 whose lowest bit is 1. */
export const startOfFloats = 2 ** 23

/** Products of a shift and a scale have at most so many bits more than a float32. */
const lostBits = 25

/** Remainders that are looked at; most shifts are found within the first few. */
const mostRemainders = 2000

/**
 * Finds what makes one fused product equal to the requantization in float32, which rounds the product before it rounds the output. The
 * offset has to be a float32 nearly: shifts are looked for whose product with the scale is one. Then results are compared at each
 * of the at most 255 steps of the output, where alone they could differ, since neither ever decreases.
 *
 * @returns undefined where none is found, and for scales and sums that are too large or too small.
 */
export function fusedScale(channel: ScaledChannel): FusedScale | undefined {
  const { scale, center, reach } = channel
  const largest = Math.abs(center) + reach
  // Products of sums and scales stay exact in float64, outputs have room where they are rounded.
  if (!(scale >= 2 ** -20 && scale < 0.5 && largest < 2 ** 24 && largest * scale < 2 ** 21)) return undefined
  let ties: readonly Tie[] = []
  let near = 0
  for (const shift of shiftsOf(scale, center, reach)) {
    const offset = Math.fround(-shift * scale)
    const error = Math.abs(offset + shift * scale)
    if (largestRounding + error > near) {
      near = largestRounding + 2 * error
      ties = tiesOf(channel, near)
    }
    if (agrees(scale, { shift, offset }, ties)) return { shift, offset }
  }
  return undefined
}

/** Shifts whose product with a scale has hardly more bits than a float32. */
function* shiftsOf(scale: number, center: number, reach: number): Iterable<number> {
  let mantissa = scale * 2 ** (23 - Math.floor(Math.log2(scale)))
  let bits = lostBits
  for (; mantissa % 2 === 0; mantissa /= 2) bits--
  const modulus = 2 ** Math.max(0, bits)
  const inverse = inverseOf(mantissa)
  for (let index = 0; index < mostRemainders; index++) {
    const remainder = index % 2 === 0 ? index / 2 : -(index + 1) / 2
    // Places behind the start, of the middle of the sums.
    const found = Math.imul(remainder, inverse) - startOfFloats + center - reach
    const place = (((found % modulus) + modulus) % modulus) + reach
    if (place + reach < startOfFloats) yield startOfFloats + place - center
  }
}

/** The inverse of an odd number, modulo 2^32. */
function inverseOf(odd: number): number {
  let inverse = odd
  for (let bits = 3; bits < 32; bits *= 2) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse))
  return inverse
}

/** Products differ by no more when they are rounded to float32: they are below 256. */
const largestRounding = 2 ** -16

/** A sum close to a step of the output, and what it is rounded to without a fused product, zero point left out. */
interface Tie {
  readonly sum: number
  readonly rounded: number
}

/** The sums whose products are no farther from a step of the output than `near`: on others, the rounding of products has no effect. */
function tiesOf(channel: ScaledChannel, near: number): readonly Tie[] {
  const { scale, center, reach } = channel
  const ties: Tie[] = []
  // Only the closest sum can be near where sums are far apart.
  const further = scale > 2 * near ? 0 : Math.ceil(near / scale)
  for (const tie of nearTies(channel, near)) {
    const closest = Math.round(tie / scale)
    for (let sum = closest - further; sum <= closest + further; sum++) {
      const product = sum * scale
      if (Math.abs(product - tie) > near || Math.abs(sum - center) > reach) continue
      ties.push({ sum, rounded: roundHalfToEven(Math.fround(product)) })
    }
  }
  return ties
}

/** The distance of two sums as an integer that engines count with before they optimize, without an object for each number. */
const sumDistance = 2 ** 28

/**
 * Steps of the output, zero point left out, that may have a sum as close as `near`: all of those that have, and hardly any other.
 * How far steps are from the last sum before them grows by the same part of a sum from each to the next.
 */
function nearTies(channel: ScaledChannel, near: number): readonly number[] {
  const { scale, zeroPoint, range, center, reach } = channel
  const [lowest, highest] = [(center - reach) * scale - near, (center + reach) * scale + near]
  const first = Math.max(range.min - zeroPoint, Math.floor(lowest)) + 0.5
  const count = Math.ceil(Math.min(range.max - zeroPoint, highest) - first)
  const partOf = (sums: number): number => Math.round((sums - Math.floor(sums)) * sumDistance)
  const step = partOf(1 / scale)
  // Each step may be rounded by half a unit.
  const most = Math.ceil((near / scale) * sumDistance) + count
  const least = sumDistance - most
  const ties: number[] = []
  let part = partOf(first / scale)
  for (let at = 0; at < count; at++) {
    part &= sumDistance - 1
    if (part <= most || part >= least) ties.push(first + at)
    part += step
  }
  return ties
}

const agrees = (scale: number, { shift, offset }: FusedScale, ties: readonly Tie[]): boolean =>
  ties.every(({ sum, rounded }) => roundHalfToEven(Math.fround((sum + shift) * scale + offset)) === rounded)

/** What sums start with, and the factors of all channels. */
export interface FusedScales {
  readonly starts: Int32Array
  readonly offsets: Float32Array
}

/** What decides the outputs of a layer. */
export interface FusedScaleOptions extends Pick<ScaledChannel, 'zeroPoint' | 'range'>, SumBounds {
  readonly scales: ArrayLike<number>
}

/** The fused products of all channels; undefined where one has none. */
export function fusedScales({ scales, ...options }: FusedScaleOptions): FusedScales | undefined {
  const { bias, largestSums, centers, zeroPoint, range } = options
  if (largestSums === undefined) return undefined
  const starts = new Int32Array(bias.length)
  const offsets = new Float32Array(bias.length)
  for (let channel = 0; channel < bias.length; channel++) {
    const center = centers?.[channel] ?? 0
    const scale = Math.fround(scales[scales.length > 1 ? channel : 0]!)
    const reach = Math.ceil(largestSums[channel]!) - Math.abs(center)
    const found = fusedScale({ scale, zeroPoint, range, center, reach })
    if (found === undefined) return undefined
    // Floats from the start on count up by 1 as their bits do.
    starts[channel] = bias[channel]! + found.shift - startOfFloats + floatBits(startOfFloats)
    offsets[channel] = found.offset
  }
  return { starts, offsets }
}
