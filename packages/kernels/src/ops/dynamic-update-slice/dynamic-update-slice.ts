import { ShapeError, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { copyRun, stridesOf } from '../../shared/element-walk.ts'
import type { Words } from '../../shared/element-walk.ts'
import { placements } from './placements.ts'

/**
 * DYNAMIC_UPDATE_SLICE: a tensor with a block of it replaced. Starts that would let the block reach over the edge are moved
 * back, as in XLA.
 *
 * @throws ShapeError when the block is larger than the tensor.
 */
export function dynamicUpdateSlice(
  shape: Shape,
  updateShape: Shape,
  wordsPerElement: number,
): (input: Words, update: Words, starts: ArrayLike<number | bigint>, output: Words) => void {
  if (updateShape.length !== shape.length || updateShape.some((size, axis) => size > shape[axis]!)) {
    throw new ShapeError({
      stage: 'kernels',
      subject: 'DYNAMIC_UPDATE_SLICE',
      found: `an update of ${formatShape(updateShape)} in ${formatShape(shape)}`,
      expected: 'one that fits in',
    })
  }
  const strides = stridesOf(shape)
  const { rows, run } = placements(shape, updateShape)
  return (input, update, starts, output) => {
    output.set(input)
    const start = strides.reduce((sum, stride, axis) => {
      const latest = shape[axis]! - updateShape[axis]!
      return sum + Math.min(Math.max(Number(starts[axis]!), 0), latest) * stride
    }, 0)
    rows.forEach((row, at) =>
      copyRun(
        update,
        at * run * wordsPerElement,
        output,
        (start + row) * wordsPerElement,
        run * wordsPerElement,
      ),
    )
  }
}
