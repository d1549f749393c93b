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

/** A function of the sum of what two operands contribute. It never decreases as the sum grows. */
export interface StepFunction {
  /** Contributions of the values from -128 on; a single one for an operand that is not there. */
  readonly a: ArrayLike<number>
  readonly b: ArrayLike<number>
  /** Output of sums below the first step. */
  readonly lowest: number
  /** Smallest sums that give `lowest + 1`, `lowest + 2` and so on. */
  readonly steps: ArrayLike<number>
  /** Outputs at its ends may lie beyond them, because they are clamped later. */
  readonly range: { readonly min: number; readonly max: number }
}

const mostShift = 22
const fewestShift = 8
const roomFactor = 0.999

/**
 * Factors by which slopes are tried. Halves that round away from zero are met by a plane that is a little too steep: at a
 * distance from the real number 0 it is beyond the half on both sides.
 */
const growths = [0, 2 ** -24, 2 ** -20, 2 ** -17, 2 ** -14]

/**
 * A plane that equals a function at every pair of values, found by proof: all pairs are looked at.
 *
 * @param slopes and the height at 0 and 0: those of the real function that is rounded, about.
 * @returns undefined when none was found.
 */
export function findPlane(stepFunction: StepFunction, slopes: Slopes, height: number): Plane | undefined {
  const shift = shiftFor(slopes, height)
  if (shift < fewestShift) return undefined
  const unit = 2 ** (fineBits + shift)
  const coarse = 2 ** halfBits
  const candidates = [
    // Slopes without a lower half are cheaper.
    slopes.map((slope) => Math.round((slope * unit) / coarse) * coarse),
    ...growths.map((growth) => slopes.map((slope) => Math.round(slope * unit * (1 + growth)))),
  ] as unknown as readonly Slopes[]
  for (const candidate of candidates) {
    const offset = offsetFor(stepFunction, candidate, unit)
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

/** The offset with which a plane of these slopes equals the function, in the middle of those that do. */
function offsetFor(
  { a, b, lowest, steps, range }: StepFunction,
  slopes: Slopes,
  unit: number,
): number | undefined {
  let least = -Infinity
  let most = Infinity
  let step = 0
  for (let first = 0; first < a.length; first++) {
    const contribution = a[first]!
    const height = (first - 128) * slopes[0]
    for (let second = 0; second < b.length; second++) {
      const sum = contribution + b[second]!
      while (step < steps.length && sum >= steps[step]!) step++
      while (step > 0 && sum < steps[step - 1]!) step--
      const output = lowest + step
      const missing = output * unit - (height + (second - 128) * slopes[1])
      if (output > range.min && missing > least) least = missing
      if (output < range.max && missing + unit - 1 < most) most = missing + unit - 1
    }
    if (least > most) return undefined
  }
  const fine = 2 ** fineBits
  const [from, to] = [Math.ceil(least / fine), Math.floor(most / fine)]
  if (from > to) return undefined
  if (from === -Infinity) return to === Infinity ? 0 : to
  return to === Infinity ? from : Math.floor((from + to) / 2)
}
