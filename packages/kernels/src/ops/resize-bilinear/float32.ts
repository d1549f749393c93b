import type { Shape } from '@quantrx/core'
import { resizeScale } from '../../shared/resize.ts'
import type { ResizeParameters } from '../../shared/resize.ts'
import { bilinearPositions, interpolate } from './interpolate.ts'
import type { PositionFunction } from './interpolate.ts'

const f = Math.fround

/**
 * RESIZE_BILINEAR in float32: four pixels weighted by the products of their distances, every operation rounded.
 *
 * @throws ShapeError when the shape is not that of images.
 */
export function resizeBilinearFloat32(
  shape: Shape,
  parameters: ResizeParameters,
): (input: Float32Array, output: Float32Array) => void {
  const positions = bilinearPositions(shape, parameters, floatPosition)
  return interpolate(shape, positions, (topLeft, topRight, bottomLeft, bottomRight, y, x) => {
    const top = f(topLeft + f(f(topRight - topLeft) * x))
    const bottom = f(bottomLeft + f(f(bottomRight - bottomLeft) * x))
    return f(top + f(f(bottom - top) * y))
  })
}

/** Positions as XNNPACK computes them; those outside the image are moved to its edge. */
export function floatPosition(
  size: number,
  outputSize: number,
  { alignCorners, halfPixelCenters }: ResizeParameters,
): PositionFunction {
  const scale = resizeScale(size, outputSize, alignCorners)
  const shift = halfPixelCenters ? f(f(0.5 * scale) - 0.5) : 0
  return (output) => {
    const position = Math.min(Math.max(f(f(output * scale) + shift), 0), size - 1)
    const lower = Math.floor(position)
    return [lower, Math.min(lower + 1, size - 1), f(position - lower)]
  }
}
