import { roundHalfToEven } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import type { ResizeParameters } from '../../shared/resize.ts'
import { floatPosition } from './float32.ts'
import { bilinearPositions, interpolate } from './interpolate.ts'
import type { PositionFunction } from './interpolate.ts'

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
  const positions = bilinearPositions(shape, parameters, roundedPosition)
  return interpolate(shape, positions, (topLeft, topRight, bottomLeft, bottomRight, y, x) => {
    const top = topLeft * one + (topRight - topLeft) * x
    const bottom = bottomLeft * one + (bottomRight - bottomLeft) * x
    return Math.floor((top * one + (bottom - top) * y + 2 ** 21) / 2 ** 22)
  })
}

/** Positions in float32, distances rounded to 11 bits of fraction. */
export function roundedPosition(
  size: number,
  outputSize: number,
  parameters: ResizeParameters,
): PositionFunction {
  const positionOf = floatPosition(size, outputSize, parameters)
  return (output) => {
    const [lower, upper, fraction] = positionOf(output)
    return [lower, upper, roundHalfToEven(fraction * one)]
  }
}
