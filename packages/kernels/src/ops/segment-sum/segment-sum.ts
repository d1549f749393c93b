import { DataError } from '@quantrx/core'
import { checkedIndex } from '../../shared/checked-index.ts'
import type { NumberArray } from '../../shared/number-array.ts'

/** How elements of one segment become one. */
export interface SegmentFold {
  readonly operator: string
  /** What a segment of nothing is. */
  readonly initial: number
  readonly fold: (folded: number, value: number) => number
}

/**
 * Folds slices of a tensor that belong to one segment, in their order; the output array rounds or wraps each result.
 *
 * @param segments How many there are.
 * @throws DataError, when it runs, for a segment beyond those; slices of negative ones are left out.
 */
export function foldSegments({ operator, initial, fold }: SegmentFold, segments: number) {
  return (input: NumberArray<number>, ids: ArrayLike<number | bigint>, output: NumberArray<number>): void => {
    const run = ids.length === 0 ? 0 : input.length / ids.length
    output.fill(initial)
    for (let at = 0; at < ids.length; at++) {
      if (ids[at]! < 0) continue
      const to = checkedIndex(operator, ids[at]!, segments) * run
      for (let i = 0; i < run; i++) output[to + i] = fold(output[to + i]!, input[at * run + i]!)
    }
  }
}

/**
 * How many segments there are for SEGMENT_SUM: ids start with 0, and each is that of the slice before or the next one.
 *
 * @throws DataError for ids that are not like this.
 */
export function sortedSegments(ids: ArrayLike<number | bigint>): number {
  let last = -1
  for (let at = 0; at < ids.length; at++) {
    const id = Number(ids[at])
    if (id !== last + 1 && (id !== last || at === 0)) {
      throw new DataError({
        stage: 'kernels',
        subject: 'SEGMENT_SUM',
        found: `segment ${id} after ${at === 0 ? 'none' : last}`,
        expected: at === 0 ? '0 first' : `${last} or ${last + 1}`,
      })
    }
    last = id
  }
  return last + 1
}
