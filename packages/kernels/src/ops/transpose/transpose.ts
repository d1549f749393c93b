import { ShapeError, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { axisOffsets, stridesOf } from '../../shared/element-walk.ts'
import type { ElementWalk } from '../../shared/element-walk.ts'

/**
 * TRANSPOSE: dimension `i` of the output is dimension `permutation[i]` of the input; negative ones count from the last.
 *
 * @throws ShapeError when `permutation` does not name every dimension once.
 *
 * @example
 * transposeWalk([2, 3], [1, 0]).shape // [3, 2]
 */
export function transposeWalk(shape: Shape, permutation: readonly number[]): ElementWalk {
  const axes = transposeAxes(shape, permutation)
  const strides = stridesOf(shape)
  return {
    shape: axes.map((axis) => shape[axis]!),
    offsets: () => axes.map((axis) => axisOffsets(shape[axis]!, strides[axis]!)),
  }
}

/**
 * The dimension of the input that each dimension of the output is, none of them negative.
 *
 * @throws ShapeError when `permutation` does not name every dimension once.
 */
export function transposeAxes(shape: Shape, permutation: readonly number[]): readonly number[] {
  const axes = permutation.map((axis) => (axis < 0 ? axis + shape.length : axis))
  const names = new Set(axes)
  if (axes.length !== shape.length || !shape.every((_, axis) => names.has(axis))) {
    throw new ShapeError({
      stage: 'kernels',
      subject: 'TRANSPOSE',
      found: `permutation ${formatShape(permutation)} of ${formatShape(shape)}`,
      expected: 'every dimension once',
    })
  }
  return axes
}
