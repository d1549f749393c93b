import { integerLimits, roundHalfAwayFromZero, roundHalfToEven } from '@quantrx/core'
import type { Arithmetic } from '../../arithmetic/arithmetic.ts'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import type { ActivationType, ScaleAndZeroPoint } from '../../shared/integer-tensor.ts'

/** QUANTIZE from float32: the arithmetic, and type, scale and zero point of the output. */
export interface QuantizeFloat32Parameters extends ScaleAndZeroPoint {
  readonly arithmetic: Arithmetic
  readonly outputType: ActivationType
}

/**
 * QUANTIZE from float32: `clamp(round(x / scale) + zeroPoint)`, halves away from zero (spec 7.6). The quotient is float64, as in
 * TensorFlow Lite 2.2; newer builds round it to float32, which differs only where that makes a half of what is none.
 *
 * In the `xnnpack` arithmetic 8-bit outputs multiply by the float32 inverse of the scale and round halves to even; int16
 * is computed alike in both. NaN becomes the zero point, the real number 0.
 */
export function quantizeFloat32(
  parameters: QuantizeFloat32Parameters,
): (input: Float32Array, output: IntegerArray) => void {
  const { arithmetic, outputType, scale, zeroPoint } = parameters
  const { min, max } = integerLimits[outputType]
  const level =
    arithmetic === 'xnnpack' && outputType !== 'int16' ? inverseLevel(scale) : quotientLevel(scale)
  return (input, output) => {
    for (let i = 0; i < input.length; i++) {
      const value = level(input[i]!) + zeroPoint
      output[i] = value < min ? min : value > max ? max : Number.isNaN(value) ? zeroPoint : value
    }
  }
}

const quotientLevel = (scale: number) => (real: number) => roundHalfAwayFromZero(real / scale)

function inverseLevel(scale: number): (real: number) => number {
  const inverse = Math.fround(1 / scale)
  return (real) => roundHalfToEven(Math.fround(real * inverse))
}
