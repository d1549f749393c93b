import type { ActivationRange } from '../arithmetic/activation-range.ts'
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../arithmetic/fixed-point.ts'
import type { StoredFunction } from './integer-tensor.ts'

/** What takes stored integers from one scale and zero point to another. */
export interface RescaleOptions {
  /** Input scale / output scale. */
  readonly factor: number
  readonly inputZeroPoint: number
  readonly outputZeroPoint: number
  readonly range: ActivationRange
}

/**
 * `clamp(outputZeroPoint + (stored - inputZeroPoint) * factor)` in fixed point with double rounding, the `tflite`
 * arithmetic of QUANTIZE between integers, RELU, LEAKY_RELU and others (spec 7.6, 7.9).
 */
export function rescaleStored(options: RescaleOptions): StoredFunction {
  const { factor, inputZeroPoint, outputZeroPoint, range } = options
  const { multiplier, shift } = quantizeMultiplier(factor)
  const { min, max } = range
  return (stored) => {
    const value = outputZeroPoint + multiplyByQuantizedMultiplier(stored - inputZeroPoint, multiplier, shift)
    return value < min ? min : value > max ? max : value
  }
}
