import { integerLimits, roundHalfAwayFromZero, roundHalfToEven } from '@quantrx/core'
import type { Arithmetic } from '../arithmetic/arithmetic.ts'
import type { ActivationType, ScaleAndZeroPoint, StoredFunction } from './integer-tensor.ts'

/** A real function applied to quantized integers. */
export interface TransformOptions {
  readonly arithmetic: Arithmetic
  readonly outputType: ActivationType
  readonly input: ScaleAndZeroPoint
  readonly output: ScaleAndZeroPoint
  /** Takes a float32 and gives one. */
  readonly transform: (real: number) => number
}

/**
 * `clamp(round(transform(scale * (stored - zeroPoint)) / outputScale) + outputZeroPoint)` in float32, multiplying by the
 * inverse of the output scale, halves away from zero. It fills the tables of LOGISTIC and TANH once, when an operator is
 * prepared; follows `LUTPopulate` of TensorFlow Lite (spec 7.7). The `xnnpack` arithmetic adds the zero point before it
 * rounds, halves to even (see `arithmetic/README.md`).
 */
export function transformStored(options: TransformOptions): StoredFunction {
  const { arithmetic, outputType, input, output, transform } = options
  const { min, max } = integerLimits[outputType]
  const inverseScale = Math.fround(1 / output.scale)
  return (stored) => {
    const real = Math.fround(input.scale * (stored - input.zeroPoint))
    const scaled = Math.fround(transform(real) * inverseScale)
    const level =
      arithmetic === 'tflite'
        ? roundHalfAwayFromZero(scaled) + output.zeroPoint
        : roundHalfToEven(Math.fround(scaled + output.zeroPoint))
    return level < min ? min : level > max ? max : level
  }
}
