import type { Opener } from '@quantrx/core'
import { dataError } from '../data-error.ts'

/** Rows from `start` to before `end`; to the last one without `end`. */
export interface RowRange {
  readonly start: number
  readonly end?: number
}

/**
 * A slice of the samples. They keep their index in the source, so that errors name the right row; nothing is read behind
 * the end.
 *
 * @throws DataError for a range that is empty or negative; while reading, when the source ends before `end`.
 */
export function rows(open: Opener, { start, end = Infinity }: RowRange): Opener {
  if (!(start >= 0 && end > start)) throw dataError('rows', `${start}:${end}`, 'A:B with 0 <= A < B')
  return async function* (signal) {
    let position = 0
    for await (const sample of open(signal)) {
      if (position >= start) yield sample
      position++
      if (position >= end) return
    }
    if (end !== Infinity || position <= start) {
      const wanted = `more, for rows ${start}:${end === Infinity ? '' : end}`
      throw dataError('rows', `${position} rows in the source`, wanted, 'Choose rows that exist')
    }
  }
}
