import { ShapeError, elementCount, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { broadcastPositions } from '../../shared/broadcast-positions.ts'
import { broadcastShape } from '../../shared/broadcast.ts'

/** Sizes of a BATCH_MATMUL: products of matrices, whose batches are repeated as NumPy repeats the smaller operand. */
export interface BatchMatmulGeometry {
  readonly shape: Shape
  readonly rows: number
  readonly depth: number
  readonly columns: number
  /** True when the left matrices are stored `[depth, rows]`. */
  readonly leftTransposed: boolean
  /** True when the right matrices are stored `[columns, depth]`, as weights of FULLY_CONNECTED are. */
  readonly rightTransposed: boolean
  /** Which matrix of each operand every product takes. */
  readonly left: readonly number[]
  readonly right: readonly number[]
}

/**
 * The geometry of a BATCH_MATMUL.
 *
 * @throws ShapeError when ranks are below 2, depths differ or batches do not broadcast.
 */
export function batchMatmulGeometry(
  left: Shape,
  right: Shape,
  { adjX, adjY }: { readonly adjX: boolean; readonly adjY: boolean },
): BatchMatmulGeometry {
  const [rows = 0, depth = 0] = adjX ? [left.at(-1), left.at(-2)] : [left.at(-2), left.at(-1)]
  const [rightDepth = 0, columns = 0] = adjY ? [right.at(-1), right.at(-2)] : [right.at(-2), right.at(-1)]
  if (left.length < 2 || right.length < 2 || depth !== rightDepth) {
    throw new ShapeError({
      stage: 'kernels',
      subject: 'BATCH_MATMUL',
      found: `shapes ${formatShape(left)} and ${formatShape(right)}`,
      expected: 'matrices of one depth',
    })
  }
  const batches = broadcastShape(left.slice(0, -2), right.slice(0, -2))
  const matrices = (operand: Shape): readonly number[] =>
    Array.from(
      broadcastPositions(operand.slice(0, -2), batches) ??
        Array.from({ length: elementCount(batches) }).keys(),
    )
  return {
    shape: [...batches, rows, columns],
    ...{ rows, depth, columns, leftTransposed: adjX, rightTransposed: adjY },
    left: matrices(left),
    right: matrices(right),
  }
}
