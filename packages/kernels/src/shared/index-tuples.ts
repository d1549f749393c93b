import { ShapeError, elementCount, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { checkedIndex } from './checked-index.ts'
import { stridesOf } from './element-walk.ts'

/** Slices of a tensor that are named by tuples of indices, as GATHER_ND and SCATTER_ND do. */
export interface IndexTuples {
  /** How many slices the tuples name. */
  readonly count: number
  /** Elements of a slice. */
  readonly run: number
  /** Shape of all slices together. */
  readonly shape: Shape
  /**
   * Where slice `at` begins in the tensor, in elements.
   *
   * @throws DataError for an index outside its dimension.
   */
  start(indices: ArrayLike<number | bigint>, at: number): number
}

/**
 * The slices of a tensor of `shape` that are named by the tuples along the last dimension of `indicesShape`.
 *
 * @throws ShapeError for tuples of more indices than the tensor has dimensions.
 */
export function indexTuples(operator: string, shape: Shape, indicesShape: Shape): IndexTuples {
  const depth = indicesShape.at(-1)
  if (depth === undefined || depth > shape.length) {
    throw new ShapeError({
      stage: 'kernels',
      subject: operator,
      found: `indices of shape ${formatShape(indicesShape)} into ${formatShape(shape)}`,
      expected: 'a last dimension no longer than the rank of the tensor',
    })
  }
  const outer = indicesShape.slice(0, -1)
  const strides = stridesOf(shape)
  return {
    count: elementCount(outer),
    run: elementCount(shape.slice(depth)),
    shape: [...outer, ...shape.slice(depth)],
    start(indices, at) {
      let start = 0
      for (let axis = 0; axis < depth; axis++)
        start += checkedIndex(operator, indices[at * depth + axis]!, shape[axis]!) * strides[axis]!
      return start
    },
  }
}
