import { ShapeError, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { axisOffsets, stridesOf } from '../../shared/element-walk.ts'
import type { ElementWalk } from '../../shared/element-walk.ts'

/**
 * BROADCAST_TO: dimensions of size 1, and those that the input does not have, repeated to a larger shape.
 *
 * @throws ShapeError when a dimension, counted from the last, is neither 1 nor that of the target.
 *
 * @example
 * broadcastToWalk([3, 1], [2, 3, 4]).shape // [2, 3, 4]
 */
export function broadcastToWalk(shape: Shape, target: Shape): ElementWalk {
  const added = target.length - shape.length
  const fits = added >= 0 && shape.every((size, axis) => size === 1 || size === target[axis + added])
  if (!fits) {
    throw new ShapeError({
      stage: 'kernels',
      subject: 'BROADCAST_TO',
      found: `shapes ${formatShape(shape)} and ${formatShape(target)}`,
      expected: 'dimensions, counted from the last, that are 1 or equal',
    })
  }
  const strides = stridesOf(shape)
  return {
    shape: target,
    offsets: () =>
      target.map((size, axis) =>
        axisOffsets(size, (shape[axis - added] ?? 1) === 1 ? 0 : strides[axis - added]!),
      ),
  }
}
