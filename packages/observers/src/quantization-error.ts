import type { Range } from '@quantrx/core'
import type { Histogram } from './histogram.ts'

/** Steps between the ends of 8 bits. */
const steps = 255

/** The squared error that a histogram's values can be expected to have once they are quantized to a range that contains 0. */
export type ErrorOfRange = (range: Range) => number

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
  const bins = occupiedBins(histogram)
  return ({ min, max }) => {
    const step = (max - min) / width / steps
    if (step === 0) return bins.reduce((sum, { from, to, count }) => sum + count * meanSquare(from, to), 0)
    const lowest = Math.round(min / width / step)
    const highest = lowest + steps
    const levelOf = (value: number): number => Math.max(lowest, Math.min(highest, Math.round(value / step)))
    const integral = (value: number): number => {
      const level = levelOf(value)
      const off = value - level * step
      return (level * step * step * step) / 12 + (off * off * off) / 3
    }
    let sum = 0
    for (const { from, to, count } of bins) {
      const off = from - levelOf(from) * step
      sum += count * (from === to ? off * off : (integral(to) - integral(from)) / (to - from))
    }
    return sum
  }
}

/** The part of a bin that values have been seen in, in widths of a bin. */
interface OccupiedBin {
  readonly from: number
  readonly to: number
  readonly count: number
}

function occupiedBins({ counts, exponent, min, max }: Histogram): readonly OccupiedBin[] {
  const width = 2 ** exponent
  const half = counts.length / 2
  const seen = (edge: number): number => Math.max(min / width, Math.min(max / width, edge))
  return counts.flatMap((count, bin) =>
    count === 0 ? [] : [{ from: seen(bin - half), to: seen(bin + 1 - half), count }],
  )
}

const meanSquare = (from: number, to: number): number => (from * from + from * to + to * to) / 3
