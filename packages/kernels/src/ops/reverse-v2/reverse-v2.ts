import type { Shape } from '@quantrx/core'
import { axisOffsets, stridesOf } from '../../shared/element-walk.ts'
import type { ElementWalk } from '../../shared/element-walk.ts'
import { normalizeAxis } from '../../shared/reduction.ts'

/**
 * REVERSE_V2: the order of the elements turned around along some dimensions; negative ones count from the last.
 *
 * @throws ShapeError for an axis that the shape does not have.
 */
export function reverseWalk(shape: Shape, axes: readonly number[]): ElementWalk {
  const reversed = new Set(axes.map((axis) => normalizeAxis('REVERSE_V2', shape, axis)))
  const strides = stridesOf(shape)
  return {
    shape,
    offsets: () =>
      shape.map((size, axis) =>
        axisOffsets(size, strides[axis]!, (position) =>
          reversed.has(axis) ? size - 1 - position : position,
        ),
      ),
  }
}
