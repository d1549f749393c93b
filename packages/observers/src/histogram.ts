import type { ValueScan } from '@quantrx/core'
import { finiteExtremes } from './extremes.ts'

/** Bins on each side of 0. */
const half = 1024

/** Exponent of the bin width before a value other than 0 has been seen: finer than any float32 needs. */
const finestExponent = -160

/**
 * Counts of values on a grid of 2048 bins that is anchored at 0 and as wide as the largest magnitude asks for: bin `i`
 * holds the values in `[(i - 1024) * 2^exponent, (i - 1023) * 2^exponent)`.
 *
 * The width is a power of two decided by max|x| alone and widening adds up neighbouring bins, so counts depend neither on
 * the order nor on the grouping of the values. Plain data; memory does not grow.
 */
export interface Histogram {
  count: number
  min: number
  max: number
  /** Bins are `2^exponent` wide. */
  exponent: number
  counts: number[]
}

/** A histogram of nothing. */
export function emptyHistogram(): Histogram {
  return { count: 0, min: 0, max: 0, exponent: finestExponent, counts: new Array<number>(2 * half).fill(0) }
}

/**
 * Adds values to a histogram, in place.
 *
 * @throws DataError for NaN and infinities.
 */
export function addToHistogram(histogram: Histogram, observer: string, scan: ValueScan): void {
  const { length } = scan.values
  if (length === 0) return
  const { min, max } = finiteExtremes(observer, scan)
  let { exponent } = histogram
  while (Math.max(-min, max) >= half * 2 ** exponent) exponent++
  widen(histogram, exponent)
  scan.countBins(histogram.exponent, histogram.counts)
  extend(histogram, { count: length, min, max })
}

/** A new histogram of the values of both. */
export function mergeHistograms(a: Histogram, b: Histogram): Histogram {
  const [merged, other] = [copyOf(a), copyOf(b)]
  if (b.count > 0) {
    widen(merged, other.exponent)
    widen(other, merged.exponent)
    other.counts.forEach((count, bin) => (merged.counts[bin]! += count))
    extend(merged, b)
  }
  return merged
}

/**
 * The value below which a share of all values lies, linear within its bin and never outside the values seen.
 *
 * @param share From 0 to 1.
 */
export function histogramQuantile(histogram: Histogram, share: number): number {
  const { count, counts, exponent, min, max } = histogram
  const target = share * count
  let below = 0
  for (let bin = 0; bin < counts.length; bin++) {
    const inside = counts[bin]!
    if (inside > 0 && below + inside >= target) {
      const value = (bin - half + (target - below) / inside) * 2 ** exponent
      return Math.min(max, Math.max(min, value))
    }
    below += inside
  }
  return max
}

const copyOf = (histogram: Histogram): Histogram => ({ ...histogram, counts: [...histogram.counts] })

/** Makes the bins wider by adding up neighbours; never narrower. */
function widen(histogram: Histogram, exponent: number): void {
  const times = 2 ** (exponent - histogram.exponent)
  if (times <= 1) return
  histogram.exponent = exponent
  if (histogram.count === 0) return
  const counts = new Array<number>(2 * half).fill(0)
  histogram.counts.forEach((count, bin) => (counts[Math.floor((bin - half) / times) + half]! += count))
  histogram.counts = counts
}

function extend(histogram: Histogram, { count, min, max }: Pick<Histogram, 'count' | 'min' | 'max'>): void {
  const first = histogram.count === 0
  histogram.min = first ? min : Math.min(histogram.min, min)
  histogram.max = first ? max : Math.max(histogram.max, max)
  histogram.count += count
}
