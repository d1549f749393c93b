import { ShapeError, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { axisOffsets, stridesOf } from '../../shared/element-walk.ts'
import type { ElementWalk } from '../../shared/element-walk.ts'

/** Whether the mirror stands on the outermost element (`REFLECT`) or behind it, so that it appears twice (`SYMMETRIC`). */
export type MirrorPadMode = 'REFLECT' | 'SYMMETRIC'

/** How a tensor is surrounded with its own mirror images. */
export interface MirrorPadParameters {
  readonly mode: MirrorPadMode
  /** Elements added before and after the input, for each dimension. */
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/**
 * MIRROR_PAD: padding that is a mirror image of what lies inside.
 *
 * @throws ShapeError when a mirror image is longer than the tensor.
 *
 * @example
 * mirrorPadWalk([3], { mode: 'REFLECT', before: [2], after: [1] }).offsets() // [2, 1, 0, 1, 2, 1]
 */
export function mirrorPadWalk(shape: Shape, { mode, before, after }: MirrorPadParameters): ElementWalk {
  const edge = mode === 'REFLECT' ? 1 : 0
  const fits = shape.every((size, axis) =>
    [before[axis], after[axis]].every((amount = -1) => amount >= 0 && amount <= Math.max(size - edge, 0)),
  )
  if (!fits) {
    throw new ShapeError({
      stage: 'kernels',
      subject: 'MIRROR_PAD',
      found: `${formatShape(before)} before and ${formatShape(after)} after ${formatShape(shape)}`,
      expected: `amounts from 0 to the size of the dimension${edge === 1 ? ' - 1' : ''}`,
    })
  }
  const mirrored = (position: number, size: number): number => {
    if (position < 0) return -position - 1 + edge
    return position < size ? position : 2 * size - 1 - edge - position
  }
  const padded = shape.map((size, axis) => before[axis]! + size + after[axis]!)
  const strides = stridesOf(shape)
  return {
    shape: padded,
    offsets: () =>
      padded.map((size, axis) =>
        axisOffsets(size, strides[axis]!, (output) => mirrored(output - before[axis]!, shape[axis]!)),
      ),
  }
}
