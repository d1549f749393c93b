import type { Shape } from '@quantrx/core'
import type { Arithmetic } from '../../arithmetic/arithmetic.ts'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import type { ResizeParameters } from '../../shared/resize.ts'
import { bilinearPositions, interpolate } from './interpolate.ts'
import type { PositionFunction } from './interpolate.ts'
import { resizeBilinearXnnpack } from './xnnpack.ts'

/** RESIZE_BILINEAR on 8-bit integers, in the arithmetic that is asked for; input and output share scale and zero point. */
export function resizeBilinearInteger(
  arithmetic: Arithmetic,
  shape: Shape,
  parameters: ResizeParameters,
): (input: IntegerArray, output: IntegerArray) => void {
  return arithmetic === 'xnnpack'
    ? resizeBilinearXnnpack(shape, parameters)
    : resizeBilinearTflite(shape, parameters)
}

/** Positions have 10 bits of fraction, and so products of two distances 20. */
const one = 1024

/** Follows spec 7.11: weights of 20 bits, halves away from zero. */
function resizeBilinearTflite(
  shape: Shape,
  parameters: ResizeParameters,
): (input: IntegerArray, output: IntegerArray) => void {
  const positions = bilinearPositions(shape, parameters, fixedPosition)
  return interpolate(shape, positions, (topLeft, topRight, bottomLeft, bottomRight, y, x) => {
    const top = topLeft * (one - x) + topRight * x
    const bottom = bottomLeft * (one - x) + bottomRight * x
    const sum = top * (one - y) + bottom * y
    return Math.trunc((sum + (sum > 0 ? 2 ** 19 : -(2 ** 19))) / 2 ** 20)
  })
}

/** Positions as TensorFlow Lite computes them, distances with 10 bits of fraction. */
export function fixedPosition(
  size: number,
  outputSize: number,
  { alignCorners, halfPixelCenters }: ResizeParameters,
): PositionFunction {
  const half = Math.trunc(outputSize / 2)
  const scale =
    alignCorners && outputSize > 1
      ? Math.trunc((one * (size - 1) + Math.trunc((outputSize - 1) / 2)) / (outputSize - 1))
      : Math.trunc((one * size + half) / outputSize)
  const shift = halfPixelCenters ? Math.trunc(scale / 2) - one / 2 : 0
  return (output) => {
    const position = output * scale + shift
    const lower = Math.max(Math.trunc(position / one), 0)
    const upper = Math.min(Math.trunc((position + one - 1) / one), size - 1)
    return [lower, upper, position - lower * one]
  }
}
