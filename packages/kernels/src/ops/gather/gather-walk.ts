import { elementCount } from '@quantrx/core'
import { axisOffsets, stridesOf } from '../../shared/element-walk.ts'
import type { ElementWalk } from '../../shared/element-walk.ts'
import { gatherShape } from './gather.ts'
import type { GatherParameters } from './gather.ts'

/**
 * GATHER by indices that are known, as a walk.
 *
 * @returns undefined for an index outside the dimension, which is an error when it runs, and where dimensions stand between
 *   those of the batches and the axis.
 *
 * @example
 * gatherWalk({ shape: [5, 3], indicesShape: [2], axis: 0, batchDims: 0 }, [4, 1])
 * // rows 4 and 1: offsets [12, 3], [0, 1, 2]
 */
export function gatherWalk(
  parameters: Omit<GatherParameters, 'wordsPerElement'>,
  indices: readonly number[],
): ElementWalk | undefined {
  const { shape, indicesShape, axis, batchDims } = parameters
  const size = shape[axis]!
  if (!indices.every((index) => index >= 0 && index < size)) return undefined
  if (batchDims > 0 && elementCount(shape.slice(batchDims, axis)) > 1) return undefined
  const strides = stridesOf(shape)
  const stride = strides[axis]!
  const perBatch = elementCount(indicesShape.slice(batchDims))
  const along = (from: number, to: number) =>
    shape.slice(from, to).map((length, at) => axisOffsets(length, strides[from + at]!))
  return {
    shape: gatherShape(parameters),
    offsets: () => [
      ...along(batchDims, axis),
      // Batches and what is gathered of each are one list: the offsets of a batch are like those of no other.
      Int32Array.from(indices, (index, at) => (Math.floor(at / perBatch) * size + index) * stride),
      ...along(axis + 1, shape.length),
    ],
  }
}
