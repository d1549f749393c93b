import type { Extremes, ValueScan } from '@quantrx/core'
import { notFinite } from './unusable.ts'

/**
 * The smallest and the largest of the values that a scan looks over.
 *
 * @throws DataError for NaN and infinities.
 */
export function finiteExtremes(observer: string, scan: ValueScan): Extremes {
  const extremes = scan.extremes()
  if (extremes !== undefined) return extremes
  const at = scan.values.findIndex((value) => !Number.isFinite(value))
  throw notFinite(observer, scan.values[at], at)
}
