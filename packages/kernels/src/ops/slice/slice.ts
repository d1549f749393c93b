import { ShapeError, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { axisOffsets, stridesOf } from '../../shared/element-walk.ts'
import type { ElementWalk } from '../../shared/element-walk.ts'

/**
 * SLICE: `size` elements from `begin` along every dimension; a size of -1 stands for all that follow.
 *
 * @param operator Name for messages: other operators take slices too.
 * @throws ShapeError when the slice is not within the tensor.
 *
 * @example
 * sliceWalk([4, 4], [1, 0], [2, -1]).shape // [2, 4]
 */
export function sliceWalk(
  shape: Shape,
  begin: readonly number[],
  size: readonly number[],
  operator = 'SLICE',
): ElementWalk {
  const sizes = size.map((each, axis) => (each === -1 ? (shape[axis] ?? 0) - (begin[axis] ?? 0) : each))
  const within = shape.every((length, axis) => {
    const [from = -1, count = -1] = [begin[axis], sizes[axis]]
    return from >= 0 && count >= 0 && from + count <= length
  })
  if (!within || begin.length !== shape.length || size.length !== shape.length) {
    throw new ShapeError({
      stage: 'kernels',
      subject: operator,
      found: `begin ${formatShape(begin)} and size ${formatShape(size)} of ${formatShape(shape)}`,
      expected: 'a slice within the tensor, with one begin and size for each dimension',
    })
  }
  const strides = stridesOf(shape)
  return {
    shape: sizes,
    offsets: () =>
      sizes.map((count, axis) => axisOffsets(count, strides[axis]!, (position) => begin[axis]! + position)),
  }
}
