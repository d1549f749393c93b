import type { TensorDescription } from './activation.ts'
import type { ValueScan } from './value-scan.ts'

/** Closed interval of real values, `min <= max`. */
export interface Range {
  readonly min: number
  readonly max: number
}

/**
 * Watches the values of one tensor over many samples and condenses them to a result, a {@link Range} unless said
 * otherwise.
 *
 * State is plain data made by `init` and owned by the caller: it survives JSON, two `init()` share no memory, and
 * `update` alters it in place, but neither keeps nor alters `values` or `scan`. An observer throws on NaN and infinite values,
 * and `finish` throws when it has seen none.
 */
export interface TensorObserver<State, Result = Range> {
  /** Kebab-case name with the settings that matter, such as `percentile:99.99`. */
  readonly name: string
  /**
   * What the state is, where other observers have the same: those of equal `sharedState` have equal `init`, `update` and `merge`, and
   * differ in `finish` alone. Shown to together, they are served by one state, which is kept and updated once. Absent: a state of its own.
   */
  readonly sharedState?: string
  init(tensor: TensorDescription): State
  /**
   * Takes in the values of one more sample.
   *
   * @param scan a fast way to look over the same values; without it, `scanValues(values)` does the same. May be ignored.
   */
  update(state: State, values: Float32Array, scan?: ValueScan): void
  /** What the state comes to so far; alters nothing, so that more values may follow. */
  finish(state: State): Result
}

/**
 * An observer for which the order and the grouping of samples do not matter: merging the states of any split of the
 * data gives the same bytes as one pass over all of it.
 */
export interface MergeableObserver<State, Result = Range> extends TensorObserver<State, Result> {
  /** A new state that has seen what `a` and what `b` saw; alters neither. */
  merge(a: State, b: State): State
}
