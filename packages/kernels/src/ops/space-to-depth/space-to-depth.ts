import type { Shape } from '@quantrx/core'
import { axisOffsets, stridesOf } from '../../shared/element-walk.ts'
import type { ElementWalk } from '../../shared/element-walk.ts'
import { checkBlocks, imageShape } from '../../shared/image-shape.ts'

/**
 * SPACE_TO_DEPTH: blocks of `blockSize` x `blockSize` pixels become one pixel with all their channels.
 *
 * @throws ShapeError when the shape is not that of images, or blocks do not fill it.
 *
 * @example
 * spaceToDepthWalk([1, 4, 4, 3], 2).shape // [1, 2, 2, 12]
 */
export function spaceToDepthWalk(shape: Shape, blockSize: number): ElementWalk {
  const { batch, height, width, channels } = imageShape('SPACE_TO_DEPTH', shape)
  checkBlocks('SPACE_TO_DEPTH', 'height', height, blockSize)
  checkBlocks('SPACE_TO_DEPTH', 'width', width, blockSize)
  const [images, rows, columns] = stridesOf(shape) as [number, number, number, number]
  return {
    shape: [batch, height / blockSize, width / blockSize, channels * blockSize ** 2],
    offsets: () => [
      axisOffsets(batch, images),
      axisOffsets(height / blockSize, rows * blockSize),
      axisOffsets(width / blockSize, columns * blockSize),
      axisOffsets(blockSize, rows),
      axisOffsets(blockSize, columns),
      axisOffsets(channels, 1),
    ],
  }
}
