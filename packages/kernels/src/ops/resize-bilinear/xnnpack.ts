import { roundHalfToEven } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import { imageShape } from '../../shared/image-shape.ts'
import type { ResizeParameters } from '../../shared/resize.ts'
import { floatPosition } from './float32.ts'
import { interpolate, positionsOf } from './interpolate.ts'

/** Distances have 11 bits of fraction. */
const one = 2048

/**
 * RESIZE_BILINEAR on 8-bit integers in the `xnnpack` arithmetic: positions in float32, distances in 11 bits, halves up.
 * See `arithmetic/README.md`.
 */
export function resizeBilinearXnnpack(
  shape: Shape,
  parameters: ResizeParameters,
): (input: IntegerArray, output: IntegerArray) => void {
  const { height, width } = imageShape('RESIZE_BILINEAR', shape)
  const { outputHeight, outputWidth } = parameters
  const positions = (size: number, outputSize: number) => {
    const positionOf = floatPosition(size, outputSize, parameters)
    return positionsOf(outputSize, (output) => {
      const [lower, upper, fraction] = positionOf(output)
      return [lower, upper, roundHalfToEven(fraction * one)]
    })
  }
  return interpolate(
    shape,
    positions(height, outputHeight),
    positions(width, outputWidth),
    (topLeft, topRight, bottomLeft, bottomRight, y, x) => {
      const top = topLeft * one + (topRight - topLeft) * x
      const bottom = bottomLeft * one + (bottomRight - bottomLeft) * x
      return Math.floor((top * one + (bottom - top) * y + 2 ** 21) / 2 ** 22)
    },
  )
}
