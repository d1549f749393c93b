import { ShapeError, elementCount, formatShape, sameShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { checkedIndex } from '../../shared/checked-index.ts'
import { copyRun } from '../../shared/element-walk.ts'
import type { Words } from '../../shared/element-walk.ts'

/** Which slices are gathered. */
export interface GatherParameters {
  readonly shape: Shape
  readonly indicesShape: Shape
  /** Dimension whose slices are taken, from 0 to rank - 1. */
  readonly axis: number
  /** So many leading dimensions of tensor and indices go together: the indices of a batch are about that batch. */
  readonly batchDims: number
  /** Array entries that make up one element. */
  readonly wordsPerElement: number
}

/**
 * Shape of what GATHER gives: the dimension `axis` replaced by those of the indices.
 *
 * @throws ShapeError when the batches of tensor and indices differ, or are not in front of the axis.
 *
 * @example
 * gatherShape({ shape: [5, 3], indicesShape: [2, 2], axis: 0, batchDims: 0 }) // [2, 2, 3]
 */
export function gatherShape({
  shape,
  indicesShape,
  axis,
  batchDims,
}: Omit<GatherParameters, 'wordsPerElement'>): Shape {
  const sound = batchDims >= 0 && batchDims <= Math.min(axis, indicesShape.length) && axis < shape.length
  if (sound && sameShape(shape.slice(0, batchDims), indicesShape.slice(0, batchDims)))
    return [...shape.slice(0, axis), ...indicesShape.slice(batchDims), ...shape.slice(axis + 1)]
  throw new ShapeError({
    stage: 'kernels',
    subject: 'GATHER',
    found: `${formatShape(shape)} along dimension ${axis} by ${formatShape(indicesShape)}, ${batchDims} batch dimensions`,
    expected: 'an axis of the tensor behind the batch dimensions, which are alike in both',
  })
}

/**
 * GATHER: slices of a tensor in the order of the indices.
 *
 * @throws DataError, when it runs, for an index outside the dimension.
 */
export function gather(
  parameters: GatherParameters,
): (input: Words, indices: ArrayLike<number | bigint>, output: Words) => void {
  const { shape, indicesShape, axis, batchDims, wordsPerElement } = parameters
  const batches = elementCount(shape.slice(0, batchDims))
  const outer = elementCount(shape.slice(batchDims, axis))
  const size = shape[axis]!
  const run = elementCount(shape.slice(axis + 1)) * wordsPerElement
  const count = elementCount(indicesShape.slice(batchDims))
  return (input, indices, output) => {
    let to = 0
    for (let row = 0; row < batches * outer; row++) {
      const first = Math.floor(row / outer) * count
      for (let at = first; at < first + count; at++) {
        const index = checkedIndex('GATHER', indices[at]!, size)
        copyRun(input, (row * size + index) * run, output, to, run)
        to += run
      }
    }
  }
}
