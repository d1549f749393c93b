import { integerLimits } from '@quantrx/core'
import { multiplyByQuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import { inverseSquareRoot } from '../../math/inverse-square-root.ts'

/** Rows of an integer normalization; the input's scale does not matter. */
export interface L2NormalizationParameters {
  /** Elements of the last dimension, whose squares sum to 1 in the output. */
  readonly depth: number
  readonly type: 'int8' | 'uint8'
  readonly inputZeroPoint: number
}

/** The output stands for [-1, 1): in 128ths. */
const outputBits = 7

/**
 * L2_NORMALIZATION on 8-bit integers: a fixed-point inverse square root of the sum of squares; output scale 1/128, zero
 * point 0 or, for uint8, 128 (spec 7.10). LiteRT computes this in both arithmetics.
 */
export function l2NormalizationInteger(
  parameters: L2NormalizationParameters,
): (input: IntegerArray, output: IntegerArray) => void {
  const { depth, type, inputZeroPoint } = parameters
  const { min, max } = integerLimits[type]
  const outputZeroPoint = min + 128
  return (input, output) => {
    for (let start = 0; start + depth <= input.length && depth > 0; start += depth) {
      let sum = 0
      for (let i = start; i < start + depth; i++) sum += (input[i]! - inputZeroPoint) ** 2
      const { multiplier, shift } = inverseSquareRoot(Math.min(sum, 2 ** 31 - 1))
      for (let i = start; i < start + depth; i++) {
        const difference = input[i]! - inputZeroPoint
        const value =
          outputZeroPoint + multiplyByQuantizedMultiplier(difference, multiplier, shift + outputBits)
        output[i] = value < min ? min : value > max ? max : value
      }
    }
  }
}
