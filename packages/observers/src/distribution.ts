import type { MergeableObserver } from '@quantrx/core'
import { emptyHistogram, mergeHistograms } from './histogram.ts'
import type { Histogram } from './histogram.ts'
import { histogramObserver } from './histogram-observer.ts'

/**
 * How values are distributed: the histogram itself, for plots and for observers of your own. Chooses no range.
 *
 * @example
 * samples(open).pipe(infer(model), observe({ values: distribution() }))
 */
export function distribution(): MergeableObserver<Histogram, Histogram> {
  // A copy: the state goes on.
  return histogramObserver('distribution', (histogram) => mergeHistograms(histogram, emptyHistogram()))
}
