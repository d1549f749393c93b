import type { ActivationRange } from '../arithmetic/activation-range.ts'
import { multiplyByQuantizedMultiplier } from '../arithmetic/fixed-point.ts'
import type { QuantizedMultiplier } from '../arithmetic/fixed-point.ts'
import type { IntegerArray } from '../arithmetic/requantize.ts'
import type { ReductionGeometry } from './reduction.ts'

/** What sums of stored integers need besides their input. */
export interface IntegerSumOptions {
  readonly geometry: ReductionGeometry
  readonly inputZeroPoint: number
  readonly outputZeroPoint: number
  readonly range: ActivationRange
  /** From a sum to the output. */
  readonly factor: QuantizedMultiplier
}

/**
 * `clamp(outputZeroPoint + (sum(input) - inputZeroPoint * count) * factor)` in fixed point with double rounding, the
 * `tflite` arithmetic of MEAN and SUM (spec 7.5).
 */
export function requantizedSums(
  options: IntegerSumOptions,
): (input: IntegerArray, output: IntegerArray) => void {
  const { geometry, inputZeroPoint, outputZeroPoint, range, factor } = options
  const { outputs, count, outputOf } = geometry
  const sums = new Int32Array(outputs)
  return (input, output) => {
    sums.fill(0)
    for (let i = 0; i < outputOf.length; i++) sums[outputOf[i]!] = sums[outputOf[i]!]! + input[i]!
    for (let i = 0; i < outputs; i++) {
      const centered = (sums[i]! - inputZeroPoint * count) | 0
      const value = multiplyByQuantizedMultiplier(centered, factor.multiplier, factor.shift) + outputZeroPoint
      output[i] = value < range.min ? range.min : value > range.max ? range.max : value
    }
  }
}
