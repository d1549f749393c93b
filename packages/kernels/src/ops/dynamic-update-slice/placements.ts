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
