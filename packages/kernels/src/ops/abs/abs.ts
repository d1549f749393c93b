import { integerLimits } from '@quantrx/core'
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import type { ActivationOptions } from '../../shared/activation.ts'
import { mapElements } from '../../shared/elements.ts'
import type { StoredFunction } from '../../shared/integer-tensor.ts'

/** ABS of real numbers, and of integers of up to 32 bits, whose smallest stays as it is. */
export const absElements = mapElements((value: number) => Math.abs(value))

/**
 * ABS on one stored integer in the `tflite` arithmetic: rescaled from input to output where their scales differ, with a
 * factor computed in float32.
 */
export function absStored({ outputType, input, output }: ActivationOptions): StoredFunction {
  const { min, max } = integerLimits[outputType]
  const { multiplier, shift } = quantizeMultiplier(Math.fround(input.scale / output.scale))
  const rescaled = input.scale !== output.scale
  return (stored) => {
    const magnitude = Math.abs(stored - input.zeroPoint)
    const level = rescaled ? multiplyByQuantizedMultiplier(magnitude, multiplier, shift) : magnitude
    const value = level + output.zeroPoint
    return value < min ? min : value > max ? max : value
  }
}
