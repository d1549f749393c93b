import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { stridesOf } from '../../shared/element-walk.ts'

/** Where the rows of a block lie in a larger tensor when the block stands at its begin, in elements. */
export interface Placements {
  readonly rows: readonly number[]
  /** Elements of a row. */
  readonly run: number
}

/** The rows of a block of `blockShape` in a tensor of `shape`. */
export function placements(shape: Shape, blockShape: Shape): Placements {
  // A block of nothing may still have dimensions that are too long to be listed.
  if (elementCount(blockShape) === 0) return { rows: [], run: 0 }
  const strides = stridesOf(shape)
  const rows = blockShape
    .slice(0, -1)
    .reduce<readonly number[]>(
      (starts, size, axis) =>
        starts.flatMap((start) =>
          Array.from({ length: size }, (_, position) => start + position * strides[axis]!),
        ),
      [0],
    )
  return { rows, run: blockShape.at(-1) ?? 1 }
}
