/** A function of a stored integer x by its results: one for each x from the first on. */
export interface StoredStretch {
  readonly first: number
  /** In the range of the outputs, to which lines are clamped. */
  readonly outputs: readonly number[]
  readonly range: { readonly min: number; readonly max: number }
}

/** A function of a stored integer x in 32-bit arithmetic: `(x * slope + offset) >> shift`, clamped. */
export interface ByteLine {
  /** Below {@link byteSlopeLimit} in magnitude. */
  readonly slope: number
  readonly offset: number
}

/** Slopes are products of two factors, 16 bits with a sign above these without. */
export const lowerSlopeBits = 7
export const byteSlopeLimit = 2 ** (15 + lowerSlopeBits)

/** Lines meet one of 256 outputs somewhere, and rise or fall by less than 2^30 from there: sums stay within 32 bits. */
const mostShift = 21
const fewestShift = 8
const roomFactor = 0.999

/** More than any search has been seen to take. */
const mostSteps = 30

/**
 * The finest units in which lines fit that rise by up to `steepest` outputs from one stored integer to the next.
 *
 * @returns bits behind the binary point; undefined where they would be too few.
 */
export function byteLineShift(steepest: number): number | undefined {
  let shift = mostShift
  while (shift >= fewestShift && steepest * 2 ** shift >= byteSlopeLimit * roomFactor) shift--
  return shift < fewestShift ? undefined : shift
}

/**
 * A line that equals a function at all stored integers of a stretch. How far offsets may be from each other, by slope, is a
 * concave function made of lines; the search goes up on it by these lines, as Newton's method does.
 *
 * @param rise of the function from one stored integer to the next, about, in outputs.
 * @returns undefined when there is none.
 */
export function findByteLine(stretch: StoredStretch, rise: number, shift: number): ByteLine | undefined {
  let slope = Math.round(rise * 2 ** shift)
  for (let step = 0; step < mostSteps && Math.abs(slope) < byteSlopeLimit; step++) {
    const { least, most, leastAt, mostAt } = offsetsFor(stretch, slope, shift)
    if (least <= most) return { slope, offset: middleOf(least, most) }
    const gain = leastAt - mostAt
    if (gain === 0) return undefined
    slope += gain > 0 ? Math.ceil((least - most) / gain) : Math.floor((least - most) / gain)
  }
  return undefined
}

/** A real line of which the next integer below is taken: `floor(x * rise + height)` for x from `first` to before `end`. */
export interface RealLine {
  readonly first: number
  readonly end: number
  readonly rise: number
  readonly height: number
}

/**
 * The nearest line, if that is surely right: where a real line is at no stored integer as close to an integer as rounding
 * could take it. That takes a tenth of the time of a search, and is often so.
 */
export function nearestByteLine(line: RealLine, shift: number): ByteLine | undefined {
  const { first, end, rise, height } = line
  const unit = 2 ** shift
  // Half a unit for the offset and half a unit for each step of up to 255; the rest is what float64 rounds off.
  const [low, high] = [128.5 / unit, 1 - 128.5 / unit]
  const step = rise - Math.floor(rise)
  let above = height + rise * first
  above -= Math.floor(above)
  for (let x = first; x < end; x++) {
    if (above < low || above > high) return undefined
    above += step
    if (above >= 1) above -= 1
  }
  return { slope: Math.round(rise * unit), offset: Math.round(height * unit) }
}

/** Bounds of the offsets with which a slope is right, and the stored integers that bound them. */
interface Offsets {
  readonly least: number
  readonly leastAt: number
  readonly most: number
  readonly mostAt: number
}

function offsetsFor({ first, outputs, range }: StoredStretch, slope: number, shift: number): Offsets {
  const unit = 2 ** shift
  let [least, most, leastAt, mostAt] = [-Infinity, Infinity, 0, 0]
  for (let at = 0; at < outputs.length; at++) {
    const output = outputs[at]!
    const missing = output * unit - (first + at) * slope
    if (output > range.min && missing > least) [least, leastAt] = [missing, first + at]
    if (output < range.max && missing + unit - 1 < most) [most, mostAt] = [missing + unit - 1, first + at]
  }
  return { least, leastAt, most, mostAt }
}

function middleOf(least: number, most: number): number {
  if (least === -Infinity) return most === Infinity ? 0 : most
  return most === Infinity ? least : Math.floor((least + most) / 2)
}
