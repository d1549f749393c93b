import { UsageError, scanValues } from '@quantrx/core'
import type { TensorObserver } from '@quantrx/core'
import { finiteExtremes } from '../extremes.ts'
import { nothingSeen } from '../unusable.ts'

/** What {@link movingAverage} remembers of a tensor. */
export interface MovingAverageState {
  count: number
  min: number
  max: number
}

/**
 * Exponential moving average of each sample's smallest and largest value: `min = smoothing * min + (1 - smoothing) *
 * sampleMin`, likewise for max, starting with the first sample's. Outliers fade, but the result depends on the order of the
 * samples, so it cannot be merged, and values outside the range are clipped.
 *
 * Possibly harmful: where rare values count, as in anomaly detectors, it clips just those. A prototype lost 17 points of ROC
 * AUC on one.
 *
 * @param smoothing Weight of the past, from 0 up to but not 1.
 * @throws UsageError for any other smoothing.
 */
export function movingAverage(smoothing = 0.9): TensorObserver<MovingAverageState> {
  const name = `moving-average:${smoothing}`
  if (!(smoothing >= 0 && smoothing < 1)) {
    throw new UsageError({
      stage: 'observe',
      subject: 'moving-average',
      found: `smoothing ${smoothing}`,
      expected: 'a number from 0 up to but not 1',
    })
  }
  return {
    name,
    init: () => ({ count: 0, min: 0, max: 0 }),
    update(state, values, scan = scanValues(values)) {
      if (values.length === 0) return
      const { min, max } = finiteExtremes(name, scan)
      const past = state.count === 0 ? 0 : smoothing
      state.min = past * state.min + (1 - past) * min
      state.max = past * state.max + (1 - past) * max
      state.count += values.length
    },
    finish({ count, min, max }) {
      if (count === 0) throw nothingSeen(name)
      return { min, max }
    },
  }
}
