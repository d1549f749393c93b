import { scanValues } from '@quantrx/core'
import type { MergeableObserver, Range } from '@quantrx/core'
import { addToHistogram, emptyHistogram, mergeHistograms } from './histogram.ts'
import type { Histogram } from './histogram.ts'
import { nothingSeen } from './unusable.ts'

/** Names the state of all observers by histogram, so that they share it. */
const sharedState = '@quantrx/observers/histogram'

/**
 * An observer that decides by the histogram of all values alone. One pass, constant memory; neither order nor grouping of samples
 * matters. Several of them that are shown the same values keep one histogram together.
 *
 * @param conclude What the histogram of at least one value says.
 *
 * @example
 * const middle = histogramObserver('middle', (all) => ({ min: histogramQuantile(all, 0.25), max: histogramQuantile(all, 0.75) }))
 */
export function histogramObserver<Result = Range>(
  name: string,
  conclude: (histogram: Histogram) => Result,
): MergeableObserver<Histogram, Result> {
  return {
    ...{ name, sharedState },
    init: emptyHistogram,
    update: (state, values, scan = scanValues(values)) => addToHistogram(state, name, scan),
    merge: mergeHistograms,
    finish(state) {
      if (state.count === 0) throw nothingSeen(name)
      return conclude(state)
    },
  }
}
