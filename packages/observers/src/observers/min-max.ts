import { scanValues } from '@quantrx/core'
import type { MergeableObserver } from '@quantrx/core'
import { finiteExtremes } from '../extremes.ts'
import { nothingSeen } from '../unusable.ts'

/** What {@link minMax} remembers of a tensor. */
export interface MinMaxState {
  /** Number of values seen; the extremes mean nothing before the first. */
  count: number
  min: number
  max: number
}

/**
 * The range from the smallest to the largest value seen: nothing is ever clipped, but one outlier widens it. Two
 * comparisons a value, three numbers a tensor; neither order nor grouping of samples matters.
 *
 * @example
 * samples(open).pipe(infer(model), observe({ minmax: minMax() }))
 */
export function minMax(): MergeableObserver<MinMaxState> {
  const name = 'minmax'
  return {
    name,
    init: () => ({ count: 0, min: 0, max: 0 }),
    update(state, values, scan = scanValues(values)) {
      if (values.length === 0) return
      widen(state, { count: values.length, ...finiteExtremes(name, scan) })
    },
    merge(a, b) {
      const merged = { ...a }
      if (b.count > 0) widen(merged, b)
      return merged
    },
    finish({ count, min, max }) {
      if (count === 0) throw nothingSeen(name)
      return { min, max }
    },
  }
}

function widen(state: MinMaxState, { count, min, max }: Readonly<MinMaxState>): void {
  state.min = state.count === 0 ? min : Math.min(state.min, min)
  state.max = state.count === 0 ? max : Math.max(state.max, max)
  state.count += count
}
