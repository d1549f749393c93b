import { integerLimits } from '@quantrx/core'
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import { inverseSquareRoot } from '../../math/inverse-square-root.ts'
import type { ActivationOptions } from '../../shared/activation.ts'
import { mapElements } from '../../shared/elements.ts'
import { interpolatedStored } from '../../shared/interpolated-table.ts'
import type { StoredFunction } from '../../shared/integer-tensor.ts'

/** RSQRT in float32: 1 / sqrt(x), computed in float64 and rounded once; Infinity at 0 and NaN below. */
export const rsqrtFloat32 = mapElements((value: number) => 1 / Math.sqrt(value))

/** Fraction bits that 1 / sqrt(stored) is computed with. */
const fractionBits = 20

/**
 * RSQRT on one stored integer in the `tflite` arithmetic: a fixed-point inverse square root of the integer, then brought
 * from the input's scale to the output's. 0 gives the largest output, and so do integers that stand for numbers below
 * 0, which TensorFlow Lite refuses when it meets them. Of 16 bits a table with straight lines, as LiteRT has it.
 */
export function rsqrtStored({ outputType, input, output }: ActivationOptions): StoredFunction {
  const { min, max } = integerLimits[outputType]
  if (outputType === 'int16') {
    const largest = max * output.scale
    const transform = (real: number): number => (real > 0 ? 1 / Math.sqrt(real) : largest)
    return interpolatedStored({ input, output, transform })
  }
  const factor = quantizeMultiplier(1 / Math.fround(Math.fround(Math.sqrt(input.scale)) * output.scale))
  return (stored) => {
    if (stored <= input.zeroPoint) return max
    const { multiplier, shift } = inverseSquareRoot(stored - input.zeroPoint)
    const root = multiplyByQuantizedMultiplier(1, multiplier, shift + fractionBits)
    const value =
      output.zeroPoint + multiplyByQuantizedMultiplier(root, factor.multiplier, factor.shift - fractionBits)
    return value < min ? min : value > max ? max : value
  }
}
