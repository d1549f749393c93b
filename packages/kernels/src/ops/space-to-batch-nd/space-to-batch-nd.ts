import { ShapeError, elementCount, formatShape } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { axisOffsets, stridesOf } from '../../shared/element-walk.ts'
import type { ElementWalk } from '../../shared/element-walk.ts'
import { checkBlocks } from '../../shared/image-shape.ts'

/**
 * SPACE_TO_BATCH_ND of a tensor that has its padding already: every `block`th element of the spatial dimensions becomes an
 * image of its own.
 *
 * @param block One size for each spatial dimension; these are the dimensions after the batch.
 * @throws ShapeError when blocks do not fill the tensor.
 *
 * @example
 * spaceToBatchWalk([1, 2, 2, 3], [2, 2]).shape // [4, 1, 1, 3]
 */
export function spaceToBatchWalk(shape: Shape, block: readonly number[]): ElementWalk {
  if (shape.length <= block.length) throw fewDimensions(shape, block)
  block.forEach((size, at) =>
    checkBlocks('SPACE_TO_BATCH_ND', `dimension ${at + 1} of`, shape[at + 1]!, size),
  )
  const strides = stridesOf(shape)
  const { length: spatial } = block
  const spaced = shape.slice(1, spatial + 1).map((size, at) => size / block[at]!)
  const rest = shape.slice(spatial + 1)
  return {
    shape: [elementCount(block) * shape[0]!, ...spaced, ...rest],
    offsets: () => [
      ...block.map((size, at) => axisOffsets(size, strides[at + 1]!)),
      axisOffsets(shape[0]!, strides[0]!),
      ...spaced.map((size, at) => axisOffsets(size, strides[at + 1]! * block[at]!)),
      ...rest.map((size, at) => axisOffsets(size, strides[spatial + 1 + at]!)),
    ],
  }
}

function fewDimensions(shape: Shape, block: readonly number[]): ShapeError {
  return new ShapeError({
    stage: 'kernels',
    subject: 'SPACE_TO_BATCH_ND',
    found: `blocks ${formatShape(block)} of ${formatShape(shape)}`,
    expected: 'a dimension for each block size, after the batch',
  })
}
