import { ratio } from './rounds.ts'
import type { Timing } from './rounds.ts'

/** What a value counts. */
export type Unit = 'times' | 'share' | 'kilobytes'

/** `unclear` is what a busy machine leaves: the value and the undisturbed value fall on different sides of the bar. */
export type Verdict = 'met' | 'not met' | 'unclear'

/** A figure of a table beside the bar that it should reach, where there is one. */
export interface Claim {
  readonly what: string
  readonly value: number
  readonly unit: Unit
  /** The same from what was fastest on either side: what it would be if nothing else disturbed. */
  readonly undisturbed?: number
  readonly bar?: Bar
  /** Absent without a bar. */
  readonly verdict?: Verdict
}

/** What a value should at least, or at most, be. */
export interface Bar {
  readonly wanted: 'at least' | 'at most'
  readonly value: number
  /** True for what would be good to have and is not asked for. */
  readonly stretch?: boolean
}

/** A bar from below. */
export const atLeast = (value: number): Bar => ({ wanted: 'at least', value })

/** A bar from above. */
export const atMost = (value: number): Bar => ({ wanted: 'at most', value })

/** A bar from below that is not asked for. */
export const stretch = (value: number): Bar => ({ ...atLeast(value), stretch: true })

/** Holds a value against its bar, when there is one. */
export function claim(what: string, value: number, bar?: Bar, unit: Unit = 'times'): Claim {
  if (bar === undefined) return { what, value, unit }
  return { what, value, unit, bar, verdict: meets(value, bar) ? 'met' : 'not met' }
}

const meets = (value: number, bar: Bar): boolean =>
  bar.wanted === 'at least' ? value >= bar.value : value <= bar.value

/** A claim about how many times as long the first took as the second. */
export function ratioClaim(what: string, first: Timing, second: Timing, bar?: Bar): Claim {
  const undisturbed = first.p10Ms / second.p10Ms
  const claimed = { ...claim(what, ratio(first, second), bar), undisturbed }
  const clear = bar === undefined || meets(claimed.value, bar) === meets(undisturbed, bar)
  return clear ? claimed : { ...claimed, verdict: 'unclear' }
}

/** How many bars are met. */
export function summarize(claims: readonly Claim[]): string {
  const count = (wish: boolean): string => {
    const judged = claims.filter(({ bar }) => bar !== undefined && (bar.stretch ?? false) === wish)
    return `${judged.filter(({ verdict }) => verdict === 'met').length} of ${judged.length}`
  }
  const unclear = claims.filter(({ verdict }) => verdict === 'unclear').length
  const doubt = unclear === 0 ? '' : `, ${unclear} unclear on a machine as busy as this`
  return `${count(false)} bars met, ${count(true)} stretch goals${doubt}`
}
