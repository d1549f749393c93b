import { UsageError } from '@quantrx/core'
import type { MergeableObserver } from '@quantrx/core'
import { histogramQuantile } from '../histogram.ts'
import type { Histogram } from '../histogram.ts'
import { histogramObserver } from '../histogram-observer.ts'

/**
 * The range that holds the middle `percent` of all values: `(100 - percent) / 2` per cent are clipped at each end. One
 * pass over a histogram of 2048 bins, so memory stays constant; neither order nor grouping of samples matters. Precise
 * to a bin, at most 1/512 of the largest magnitude.
 *
 * @param percent Above 0, at most 100; 100 clips nothing.
 * @throws UsageError for any other percentage.
 *
 * @example
 * samples(open).pipe(infer(model), observe({ p9999: percentile(99.99) }))
 */
export function percentile(percent = 99.99): MergeableObserver<Histogram> {
  const name = `percentile:${percent}`
  if (!(percent > 0 && percent <= 100)) {
    throw new UsageError({
      stage: 'observe',
      subject: 'percentile',
      found: `${percent} per cent`,
      expected: 'more than 0 and at most 100',
    })
  }
  const tail = (100 - percent) / 200
  return histogramObserver(name, (all) => ({
    min: histogramQuantile(all, tail),
    max: histogramQuantile(all, 1 - tail),
  }))
}
