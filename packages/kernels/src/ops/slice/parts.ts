import { ShapeError, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import type { ElementWalk } from '../../shared/element-walk.ts'
import { sliceWalk } from './slice.ts'

/**
 * Tensors that lie behind one another along a dimension of a larger one, as SPLIT, SPLIT_V and UNPACK cut it.
 *
 * @param axis From 0 to rank - 1.
 * @throws ShapeError when the parts do not fill the dimension.
 */
export function partWalks(
  operator: string,
  shape: Shape,
  axis: number,
  sizes: readonly number[],
): readonly ElementWalk[] {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (total !== shape[axis]) {
    throw new ShapeError({
      stage: 'kernels',
      subject: operator,
      found: `parts of ${sizes.join(', ')} along dimension ${axis} of ${formatShape(shape)}`,
      expected: 'parts that fill it',
    })
  }
  let start = 0
  return sizes.map((size) => {
    const begin = shape.map((_, at) => (at === axis ? start : 0))
    start += size
    return sliceWalk(
      shape,
      begin,
      shape.map((length, at) => (at === axis ? size : length)),
      operator,
    )
  })
}
