import type { Histogram } from '@quantrx/observers'

/**
 * Heights from 0 to 1 of so many bars of one width over the values seen, on a logarithmic scale: rare values are what ranges
 * are about.
 */
export function histogramBars({ counts, exponent, min, max }: Histogram, bars: number): readonly number[] {
  const sums = new Float64Array(bars)
  const binWidth = 2 ** exponent
  const barWidth = (max - min) / bars
  counts.forEach((count, bin) => {
    if (count === 0) return
    const start = Math.max(min, (bin - counts.length / 2) * binWidth)
    const end = Math.min(max, (bin + 1 - counts.length / 2) * binWidth)
    const barAt = (value: number): number =>
      barWidth === 0 ? 0 : Math.max(0, Math.min(bars - 1, Math.floor((value - min) / barWidth)))
    const [first, last] = [barAt(start), Math.max(barAt(start), barAt(end - (end - start) * 1e-9))]
    // What a bin holds is spread over the bars that it covers.
    for (let bar = first; bar <= last; bar++) sums[bar]! += count / (last - first + 1)
  })
  const highest = Math.log1p(Math.max(...sums))
  return Array.from(sums, (sum) => (sum === 0 ? 0 : Math.log1p(sum) / highest))
}
