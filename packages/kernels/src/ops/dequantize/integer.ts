import { elementCount } from '@quantrx/core'
import type { QuantizationParameters, Shape } from '@quantrx/core'
import type { IntegerArray } from '../../arithmetic/requantize.ts'

/**
 * DEQUANTIZE of integers: `scale * (stored - zeroPoint)`, rounded to float32 once; with one scale for each slice along
 * the axis where there are several (spec 7.6).
 */
export function dequantizeInteger(
  shape: Shape,
  { scales, zeroPoints, axis }: QuantizationParameters,
): (input: IntegerArray, output: Float32Array) => void {
  const perAxis = scales.length > 1
  const channels = perAxis ? scales.length : 1
  const inner = elementCount(perAxis ? shape.slice(axis + 1) : shape)
  return (input, output) => {
    for (let at = 0, channel = 0; at < input.length; channel = (channel + 1) % channels) {
      const scale = scales[channel]!
      const zeroPoint = zeroPoints[channel] ?? 0
      for (const end = at + inner; at < end; at++) output[at] = scale * (input[at]! - zeroPoint)
    }
  }
}
