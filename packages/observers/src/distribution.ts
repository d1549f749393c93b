import { scanValues } from '@quantrx/core'
import type { MergeableObserver } from '@quantrx/core'
import { addToHistogram, emptyHistogram, mergeHistograms } from './histogram.ts'
import type { Histogram } from './histogram.ts'
import { nothingSeen } from './unusable.ts'

/**
 * How values are distributed: the histogram itself, for plots and for observers of your own. Chooses no range.
 *
 * @example
 * samples(open).pipe(infer(model), observe({ values: distribution() }))
 */
export function distribution(): MergeableObserver<Histogram, Histogram> {
  const name = 'distribution'
  return {
    name,
    init: emptyHistogram,
    update: (state, values, scan = scanValues(values)) => addToHistogram(state, name, scan),
    merge: mergeHistograms,
    finish(state) {
      if (state.count === 0) throw nothingSeen(name)
      return mergeHistograms(state, emptyHistogram())
    },
  }
}
