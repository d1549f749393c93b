import { UsageError } from './errors.ts'

/** Smallest and largest of some values, 0 and -0 both as 0; `min > max` for none. */
export interface Extremes {
  readonly min: number
  readonly max: number
}

/**
 * Looks over all values of one activation at once. Whoever owns their memory may be faster at it than a loop in
 * JavaScript; the results are those of `scanValues`, bit for bit. Valid as long as the values are.
 */
export interface ValueScan {
  /** What is looked over; a scan of other values than those at hand must not be used for them. */
  readonly values: Float32Array
  /** The extremes, or undefined when a value is NaN or infinite. Looked for once, however many ask. */
  extremes(): Extremes | undefined
  /**
   * Counts values in bins of the width `2^exponent` around 0: for each of them adds 1 to
   * `counts[floor(value / 2^exponent) + counts.length / 2]`.
   *
   * @throws UsageError when a value has no bin; then nothing is counted.
   */
  countBins(exponent: number, counts: number[]): void
}

/** A scan of memory in which values change. */
export interface LiveScan extends ValueScan {
  /** Makes the scan look again, because there are new values. */
  renew(): void
}

/** Bins from the first to the last one that values fall into. */
export interface BinRange {
  readonly first: number
  readonly last: number
}

/** The passes over memory that a scan consists of. */
export interface ScanPasses {
  readonly values: Float32Array
  /** As {@link ValueScan.extremes}, looking again each time. */
  findExtremes(): Extremes | undefined
  /** As {@link ValueScan.countBins}, for values of which the extremes fall into bins of `range`. */
  addToBins(exponent: number, counts: number[], range: BinRange): void
}

/** A scan made of passes over memory: looks for extremes once and counts only what has a bin. */
export function checkedScan({ values, findExtremes, addToBins }: ScanPasses): LiveScan {
  let found: { readonly extremes: Extremes | undefined } | undefined
  const extremes = (): Extremes | undefined => (found ??= { extremes: findExtremes() }).extremes
  return {
    values,
    extremes,
    renew() {
      found = undefined
    },
    countBins(exponent, counts) {
      const { min, max } = extremes() ?? { min: NaN, max: NaN }
      if (min > max) return
      const half = counts.length / 2
      const first = Math.floor(min * 2 ** -exponent) + half
      const last = Math.floor(max * 2 ** -exponent) + half
      if (!(first >= 0 && last < counts.length)) throw withoutBin(min, max, exponent, counts.length)
      addToBins(exponent, counts, { first, last })
    },
  }
}

function withoutBin(min: number, max: number, exponent: number, bins: number): UsageError {
  return new UsageError({
    stage: 'observe',
    subject: 'bins',
    found: `values from ${min} to ${max}`,
    expected: `values within ${bins} bins of the width 2^${exponent} around 0`,
    nextStep: 'Choose a wider exponent',
  })
}
