import type { Shape } from '@quantrx/core'
import { axisOffsets, stridesOf } from '../../shared/element-walk.ts'
import type { ElementWalk } from '../../shared/element-walk.ts'
import { checkBlocks, imageShape } from '../../shared/image-shape.ts'

/**
 * DEPTH_TO_SPACE: the channels of every pixel spread over a block of `blockSize` x `blockSize` pixels.
 *
 * @throws ShapeError when the shape is not that of images, or its channels do not fill such blocks.
 *
 * @example
 * depthToSpaceWalk([1, 2, 2, 12], 2).shape // [1, 4, 4, 3]
 */
export function depthToSpaceWalk(shape: Shape, blockSize: number): ElementWalk {
  const { batch, height, width, channels } = imageShape('DEPTH_TO_SPACE', shape)
  checkBlocks('DEPTH_TO_SPACE', 'channels', channels, blockSize ** 2)
  const depth = channels / blockSize ** 2
  const [images, rows, columns] = stridesOf(shape) as [number, number, number, number]
  const spread = (size: number, stride: number, within: number): Int32Array =>
    axisOffsets(
      size * blockSize,
      1,
      (position) => Math.floor(position / blockSize) * stride + (position % blockSize) * within,
    )
  return {
    shape: [batch, height * blockSize, width * blockSize, depth],
    offsets: () => [
      axisOffsets(batch, images),
      spread(height, rows, blockSize * depth),
      spread(width, columns, depth),
      axisOffsets(depth, 1),
    ],
  }
}
