import type { Range } from '@quantrx/core'
import { clippingError } from './clipping-error.ts'
import type { Histogram } from './histogram.ts'

/** Steps between the ends of 8 bits. */
const steps = 255

/** What is above a limit by less may be due to rounding. */
const tolerance = 1 + 2 ** -20

/**
 * The squared error that a histogram's values can be expected to have once they are quantized to a range that contains 0; Infinity in
 * place of an error above the limit, which is found much sooner.
 */
export type ErrorOfRange = (range: Range, limit?: number) => number

/**
 * Prepares the expected squared error of asymmetric 8-bit quantization, rounding and clipping together, as a function of the
 * range. It is summed over all values, in squares of the bins' width.
 *
 * Values are taken to be spread evenly over their bin, and the error of each bin is integrated exactly, on the very grid that
 * the range leads to: one with 0 on it. So the zeros of RELU, which never have an error, do not count as the usual
 * `step^2 / 12`. Below `x` the integral of `(t - step * k)^2` is `k * step^3 / 12 + (x - step * k)^3 / 3`, with the level `k`
 * nearest to `x` or the last one, since every level takes in a whole step around it. Exactly rounded operations only.
 *
 * @example
 * const errorOf = quantizationError(histogram)
 * errorOf({ min: 0, max: 6 }) < errorOf({ min: 0, max: 60 })
 */
export function quantizationError(histogram: Histogram): ErrorOfRange {
  const width = 2 ** histogram.exponent
  const { froms, tos, counts } = occupiedBins(histogram)
  const half = histogram.counts.length / 2
  const clippedAbove = clippingError(histogram.counts.slice(half))
  const clippedBelow = clippingError(histogram.counts.slice(0, half).reverse())
  return ({ min, max }, limit = Infinity) => {
    const step = (max - min) / width / steps
    const lowest = Math.round(min / width / step)
    const highest = lowest + steps
    const top = highest * step
    // More than this below the top is too much, because what is clipped there comes on top.
    const most = limit * tolerance - clippedAbove(top)
    if (clippedBelow(-lowest * step) > most) return Infinity
    let [sum, off] = [0, 0]
    const integral = (edge: number): number => {
      const level = Math.max(lowest, Math.min(highest, Math.round(edge / step)))
      off = edge - level * step
      return (level * step * step * step) / 12 + (off * off * off) / 3
    }
    for (let at = 0; at < counts.length; at++) {
      const from = froms[at]!
      if (sum > most && from < top) return Infinity
      const to = tos[at]!
      const below = integral(from)
      const mean = from === to ? off * off : (integral(to) - below) / (to - from)
      sum += counts[at]! * mean
    }
    return sum
  }
}

/** The parts of bins that values have been seen in, in widths of a bin, from lowest to highest. */
interface OccupiedBins {
  readonly froms: Float64Array
  readonly tos: Float64Array
  readonly counts: Float64Array
}

function occupiedBins({ counts, exponent, min, max }: Histogram): OccupiedBins {
  const width = 2 ** exponent
  const half = counts.length / 2
  const seen = (edge: number): number => Math.max(min / width, Math.min(max / width, edge))
  const bins = counts.flatMap((count, bin) => (count > 0 ? bin : []))
  return {
    froms: Float64Array.from(bins, (bin) => seen(bin - half)),
    tos: Float64Array.from(bins, (bin) => seen(bin + 1 - half)),
    counts: Float64Array.from(bins, (bin) => counts[bin]!),
  }
}
