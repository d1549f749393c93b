import type { Span } from '../share.ts'

/** A dimension that is padded and cut into blocks. */
export interface BlockedAxis {
  readonly block: number
  readonly before: number
  /** Without padding. */
  readonly size: number
}

/** Neighbouring positions in a block, of each of which the same blocks lie inside the input. */
export interface BlockRun {
  /** The first position, and how many there are. */
  readonly offset: number
  readonly offsets: number
  /** The first block, and how many there are. */
  readonly first: number
  readonly count: number
  /** Where the first position of the first block lies in the input. */
  readonly inputAt: number
}

/**
 * The positions in blocks for which there is input, in at most three runs.
 *
 * @param blocks Those that are looked at.
 *
 * @example
 * blockRuns({ block: 2, before: 1, size: 3 }, { from: 0, to: 2 })
 * // [{ offset: 0, offsets: 1, first: 1, count: 1, inputAt: 1 }, { offset: 1, offsets: 1, first: 0, count: 2, inputAt: 0 }]
 */
export function blockRuns({ block, before, size }: BlockedAxis, blocks: Span): readonly BlockRun[] {
  const runs: BlockRun[] = []
  for (let offset = 0; offset < block; offset++) {
    const first = Math.max(blocks.from, Math.ceil((before - offset) / block))
    const end = Math.min(blocks.to, Math.floor((before + size - 1 - offset) / block) + 1)
    if (end <= first) continue
    const last = runs.at(-1)
    if (last?.first === first && last.count === end - first && last.offset + last.offsets === offset)
      runs[runs.length - 1] = { ...last, offsets: last.offsets + 1 }
    else
      runs.push({ offset, offsets: 1, first, count: end - first, inputAt: first * block + offset - before })
  }
  return runs
}
