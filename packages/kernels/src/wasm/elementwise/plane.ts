/**
 * A function of two stored integers in 32-bit arithmetic, whatever their scales: a plane, cut off at integers. With a and b
 * as signed bytes, the output is
 *
 *     zeroPoint + floor((a * slopes[0] + b * slopes[1] + offset * 2^fineBits) / 2^(fineBits + shift))
 */
export interface Plane {
  /** Below {@link slopeLimit} in magnitude. */
  readonly slopes: Slopes
  readonly offset: number
  readonly shift: number
  /** What does not fit into the offset. */
  readonly zeroPoint: number
}

/** How far an output rises from one stored integer to the next, for each operand. */
export type Slopes = readonly [a: number, b: number]

/** Bits by which slopes are finer than offsets. */
export const fineBits = 7

/** Slopes are products of two halves: this many bits, with a sign, above as many without. */
export const halfBits = 15
export const slopeLimit = 2 ** (2 * halfBits)

/**
 * An offset with which a plane of these slopes equals a function everywhere, or undefined when there is none or when it cannot
 * be proved.
 */
export type OffsetProof = (slopes: Slopes, shift: number) => number | undefined

const mostShift = 22
const fewestShift = 8
const roomFactor = 0.999

/**
 * Factors by which slopes are tried. Halves that round away from zero are met by a plane that is a little too steep: at a
 * distance from the real number 0 it is beyond the half on both sides.
 */
const growths = [0, 2 ** -24, 2 ** -22, 2 ** -20, 2 ** -18, 2 ** -16]

/**
 * A plane that equals a function, found by trying slopes until one is proved right.
 *
 * @param slopes of the real function that is rounded, in outputs.
 * @param height of that function where both bytes are 0, about.
 * @returns undefined when none was found.
 */
export function findPlane(slopes: Slopes, height: number, offsetFor: OffsetProof): Plane | undefined {
  const shift = shiftFor(slopes, height)
  if (shift < fewestShift) return undefined
  const unit = 2 ** (fineBits + shift)
  const coarse = 2 ** halfBits
  const rounded = (step: number, growth: number): Slopes => {
    const [a, b] = slopes.map((slope) => Math.round((slope * unit * (1 + growth)) / step) * step)
    return [a!, b!]
  }
  // Slopes without a lower half are cheaper.
  const candidates = [rounded(coarse, 0), ...growths.map((growth) => rounded(1, growth))]
  for (const candidate of candidates) {
    const offset = offsetFor(candidate, shift)
    if (offset !== undefined) return { slopes: candidate, offset, shift, zeroPoint: 0 }
  }
  return undefined
}

/** The largest shift with which slopes and heights fit, with room for what the search adds. */
function shiftFor(slopes: Slopes, height: number): number {
  const [a, b] = [Math.abs(slopes[0]), Math.abs(slopes[1])]
  const highest = Math.abs(height) + 128 * (a + b) + 2
  const fits = (shift: number): boolean =>
    Math.max(a, b) * 2 ** (fineBits + shift) < slopeLimit * roomFactor &&
    highest * 2 ** shift < 2 ** 31 * roomFactor
  let shift = mostShift
  while (shift >= fewestShift && !fits(shift)) shift--
  return shift
}

/** The offset in the middle of those between two bounds, in the units of slopes; undefined where there is none. */
export function middleOffset(least: number, most: number): number | undefined {
  const fine = 2 ** fineBits
  const [from, to] = [Math.ceil(least / fine), Math.floor(most / fine)]
  if (from > to) return undefined
  if (from === -Infinity) return to === Infinity ? 0 : to
  return to === Infinity ? from : Math.floor((from + to) / 2)
}
