import { ShapeError, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { axisOffsets, stridesOf } from '../../shared/element-walk.ts'
import type { ElementWalk } from '../../shared/element-walk.ts'

/**
 * TILE: the tensor repeated along every dimension.
 *
 * @throws ShapeError unless there is a number of times, 0 or more, for each dimension.
 *
 * @example
 * tileWalk([2, 3], [1, 2]).shape // [2, 6]
 */
export function tileWalk(shape: Shape, times: readonly number[]): ElementWalk {
  if (times.length !== shape.length || times.some((each) => !(each >= 0))) {
    throw new ShapeError({
      stage: 'kernels',
      subject: 'TILE',
      found: `multiples ${formatShape(times)} of ${formatShape(shape)}`,
      expected: 'a number of times, 0 or more, for each dimension',
    })
  }
  const strides = stridesOf(shape)
  return {
    shape: shape.map((size, axis) => size * times[axis]!),
    offsets: () =>
      shape.map((size, axis) =>
        axisOffsets(size * times[axis]!, strides[axis]!, (position) => position % size),
      ),
  }
}
