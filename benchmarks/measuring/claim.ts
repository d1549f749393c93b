import { ratio } from './rounds.ts'
import type { Timing } from './rounds.ts'

/** What a value counts. */
export type Unit = 'times' | 'share' | 'kilobytes'

/** A figure of a table beside the bar that it should reach, where there is one. */
export interface Claim {
  readonly what: string
  readonly value: number
  readonly unit: Unit
  /** The same from what was fastest on either side: what it would be if nothing else disturbed. */
  readonly undisturbed?: number
  readonly bar?: Bar
  /** Absent without a bar. */
  readonly met?: boolean
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
  return { what, value, unit, bar, met: bar.wanted === 'at least' ? value >= bar.value : value <= bar.value }
}

/** A claim about how many times as long the first took as the second. */
export function ratioClaim(what: string, first: Timing, second: Timing, bar?: Bar): Claim {
  return { ...claim(what, ratio(first, second), bar), undisturbed: first.p10Ms / second.p10Ms }
}

/** How many bars are met. */
export function summarize(claims: readonly Claim[]): string {
  const count = (wish: boolean): string => {
    const judged = claims.filter(({ bar }) => bar !== undefined && (bar.stretch ?? false) === wish)
    return `${judged.filter(({ met }) => met).length} of ${judged.length}`
  }
  return `${count(false)} bars met, ${count(true)} stretch goals`
}
