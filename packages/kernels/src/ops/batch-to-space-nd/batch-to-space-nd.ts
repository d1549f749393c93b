import { ShapeError, elementCount, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { axisOffsets, stridesOf } from '../../shared/element-walk.ts'
import type { ElementWalk } from '../../shared/element-walk.ts'
import { checkBlocks } from '../../shared/image-shape.ts'

/** How many images are interleaved along each spatial dimension, and what is cut off afterwards. */
export interface BatchToSpaceParameters {
  /** One size for each spatial dimension; these are the dimensions after the batch. */
  readonly block: readonly number[]
  /** Elements cut off at the begin and at the end of each spatial dimension. */
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/**
 * BATCH_TO_SPACE_ND: the images of a batch interleaved to larger ones, which are then cropped; the inverse of
 * SPACE_TO_BATCH_ND.
 *
 * @throws ShapeError when the batch does not fill blocks, or more is cropped than there is.
 *
 * @example
 * batchToSpaceWalk([4, 1, 1, 3], { block: [2, 2], before: [0, 0], after: [0, 1] }).shape // [1, 2, 1, 3]
 */
export function batchToSpaceWalk(shape: Shape, parameters: BatchToSpaceParameters): ElementWalk {
  const { block, before, after } = parameters
  const { length: spatial } = block
  const size = (at: number): number => (shape[at + 1] ?? 0) * block[at]! - before[at]! - after[at]!
  const sizes = block.map((_, at) => size(at))
  checkCrops(shape, parameters, sizes)
  checkBlocks('BATCH_TO_SPACE_ND', 'batch', shape[0]!, elementCount(block))
  const batch = shape[0]! / elementCount(block)
  const strides = stridesOf(shape)
  const interleaved = (length: number, at: number): Int32Array => {
    const images = elementCount(block.slice(at + 1)) * batch * strides[0]!
    return axisOffsets(length, 1, (position) => {
      const whole = position + before[at]!
      return Math.floor(whole / block[at]!) * strides[at + 1]! + (whole % block[at]!) * images
    })
  }
  const rest = shape.slice(spatial + 1)
  return {
    shape: [batch, ...sizes, ...rest],
    offsets: () => [
      axisOffsets(batch, strides[0]!),
      ...sizes.map(interleaved),
      ...rest.map((length, at) => axisOffsets(length, strides[spatial + 1 + at]!)),
    ],
  }
}

function checkCrops(
  shape: Shape,
  { block, before, after }: BatchToSpaceParameters,
  sizes: readonly number[],
): void {
  const sound = block.every((size, at) => size > 0 && before[at]! >= 0 && after[at]! >= 0)
  if (sound && shape.length > block.length && sizes.every((size) => size >= 0)) return
  throw new ShapeError({
    stage: 'kernels',
    subject: 'BATCH_TO_SPACE_ND',
    found: `blocks ${formatShape(block)}, crops ${formatShape(before)} and ${formatShape(after)} of ${formatShape(shape)}`,
    expected: 'blocks of 1 or more and crops within the dimensions after the first',
  })
}
