import { integerLimits, roundHalfAwayFromZero } from '@quantrx/core'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import type { ActivationType, ScaleAndZeroPoint } from '../../shared/integer-tensor.ts'

/** QUANTIZE from float32: the type, scale and zero point of the output. */
export interface QuantizeFloat32Parameters extends ScaleAndZeroPoint {
  readonly outputType: ActivationType
}

/**
 * QUANTIZE from float32: `clamp(round(x / scale) + zeroPoint)`, the division in float32, halves away from zero
 * (spec 7.6). NaN becomes the zero point, the real number 0.
 */
export function quantizeFloat32(
  parameters: QuantizeFloat32Parameters,
): (input: Float32Array, output: IntegerArray) => void {
  const { outputType, scale, zeroPoint } = parameters
  const { min, max } = integerLimits[outputType]
  return (input, output) => {
    for (let i = 0; i < input.length; i++) {
      const real = input[i]!
      const value = roundHalfAwayFromZero(Math.fround(real / scale)) + zeroPoint
      output[i] = value < min ? min : value > max ? max : Number.isNaN(value) ? zeroPoint : value
    }
  }
}
