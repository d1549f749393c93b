import type { Range } from '@quantrx/core'

/** Where real numbers stand on a chart. */
export interface ChartScale {
  /** Distance from the left. */
  at(value: number): number
}

/** Part of the width that stays free on each side. */
const margin = 0.01

/** A linear scale that has room for what was seen, for 0, and for the range that was chosen. */
export function chartScale(seen: Range, chosen: Range | undefined, width: number): ChartScale {
  const { min, max } = chosen ?? seen
  const low = Math.min(0, seen.min, min)
  const high = Math.max(0, seen.max, max)
  const span = high - low || 1
  return { at: (value) => width * (margin + ((value - low) / span) * (1 - 2 * margin)) }
}
