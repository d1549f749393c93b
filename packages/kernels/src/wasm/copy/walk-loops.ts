import { elementCount } from '@quantrx/core'
import type { ElementWalk } from '../../shared/element-walk.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'

/** A loop over rows of the output: by how much each run moves the source on, in bytes, or where it moves it to. */
export type WalkLoop =
  | { readonly kind: 'steps'; readonly count: number; readonly step: number }
  | { readonly kind: 'table'; readonly offsets: Int32Array }

/** A walk as nested loops over rows of bytes that stand together in both tensors; rows of the output follow each other. */
export interface WalkLoops {
  /** Bytes from the beginning of the tensors to the first row. */
  readonly sourceAt: number
  readonly targetAt: number
  /** 0 where there is nothing to move. */
  readonly rowBytes: number
  /** The outermost first. */
  readonly loops: readonly WalkLoop[]
}

const nothing: WalkLoops = { sourceAt: 0, targetAt: 0, rowBytes: 0, loops: [] }

/**
 * The loops of a walk over elements of `elementBytes`, or of a share of it: positions of the outermost dimension that has more than one.
 *
 * @example
 * // Each of 8 pixels of 5 bytes twice, as an enlarged image has them
 * walkLoops({ shape: [16, 5], offsets: () => [Int32Array.of(0, 0, 5, 5, …), Int32Array.of(0, 1, 2, 3, 4)] }, 1)
 * // { rowBytes: 5, loops: [{ kind: 'steps', count: 8, step: 5 }, { kind: 'steps', count: 2, step: 0 }], … }
 */
export function walkLoops(walk: ElementWalk, elementBytes: number, share?: Share): WalkLoops {
  // Nothing to move may still have dimensions that are too long to be listed.
  if (elementCount(walk.shape) === 0) return nothing
  const lists = [Int32Array.of(0), ...walk.offsets()].map((list) => list.map((at) => at * elementBytes))
  const outermost = Math.max(
    0,
    lists.findIndex(({ length }) => length > 1),
  )
  const { from, to } = spanOf(lists[outermost]!.length, share)
  if (from === to) return nothing
  const inner = lists.slice(outermost + 1).reduce((count, { length }) => count * length, elementBytes)
  const own = lists.with(outermost, lists[outermost]!.subarray(from, to))
  return joined({
    sourceAt: own.reduce((sum, [first = 0]) => sum + first, 0),
    targetAt: from * inner,
    rowBytes: elementBytes,
    loops: own.flatMap(loopsOf),
  })
}

/** Offsets less the first of them, as loops: progressions within progressions where they are, a table otherwise. */
function loopsOf(list: Int32Array): readonly WalkLoop[] {
  const { length } = list
  const [first = 0] = list
  if (length === 1) return []
  const step = list[1]! - first
  let count = 2
  while (count < length && list[count] === first + count * step) count++
  const repeats = list.every((offset, at) => offset === list[at - (at % count)]! + (at % count) * step)
  if (length % count > 0 || !repeats)
    return [{ kind: 'table', offsets: list.map((offset) => offset - first) }]
  return [...loopsOf(list.filter((_, at) => at % count === 0)), { kind: 'steps', count, step }]
}

/** Runs of the innermost loops that stand together, as one row. */
function joined(walk: WalkLoops): WalkLoops {
  const last = walk.loops.at(-1)
  if (last?.kind !== 'steps' || last.step !== walk.rowBytes) return walk
  return joined({ ...walk, rowBytes: last.count * walk.rowBytes, loops: walk.loops.slice(0, -1) })
}
