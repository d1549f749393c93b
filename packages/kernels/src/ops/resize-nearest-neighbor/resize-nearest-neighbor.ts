import { roundHalfAwayFromZero } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { axisOffsets, stridesOf } from '../../shared/element-walk.ts'
import type { ElementWalk } from '../../shared/element-walk.ts'
import { imageShape } from '../../shared/image-shape.ts'
import { resizeScale } from '../../shared/resize.ts'
import type { ResizeParameters } from '../../shared/resize.ts'

/**
 * RESIZE_NEAREST_NEIGHBOR: the input pixel that covers the position of each output pixel, all positions in float32, as
 * TensorFlow Lite computes them.
 *
 * @throws ShapeError when the shape is not that of images.
 */
export function resizeNearestNeighborWalk(shape: Shape, parameters: ResizeParameters): ElementWalk {
  const { batch, height, width, channels } = imageShape('RESIZE_NEAREST_NEIGHBOR', shape)
  const { outputHeight, outputWidth } = parameters
  const [images, rows, columns] = stridesOf(shape) as [number, number, number, number]
  return {
    shape: [batch, outputHeight, outputWidth, channels],
    offsets: () => [
      axisOffsets(batch, images),
      axisOffsets(outputHeight, rows, nearest(height, outputHeight, parameters)),
      axisOffsets(outputWidth, columns, nearest(width, outputWidth, parameters)),
      axisOffsets(channels, 1),
    ],
  }
}

function nearest(
  size: number,
  outputSize: number,
  { alignCorners, halfPixelCenters }: ResizeParameters,
): (output: number) => number {
  const scale = resizeScale(size, outputSize, alignCorners)
  const shift = halfPixelCenters ? 0.5 : 0
  return (output) => {
    const position = Math.fround(Math.fround(output + shift) * scale)
    const pixel = alignCorners ? roundHalfAwayFromZero(position) : Math.floor(position)
    return Math.max(Math.min(pixel, size - 1), 0)
  }
}
