import { integerLimits, roundHalfAwayFromZero } from '@quantrx/core'
import type { ActivationType, ScaleAndZeroPoint, StoredFunction } from './integer-tensor.ts'

/** A real function applied to quantized integers. */
export interface TransformOptions {
  readonly outputType: ActivationType
  readonly input: ScaleAndZeroPoint
  readonly output: ScaleAndZeroPoint
  /** Takes a float32 and gives one. */
  readonly transform: (real: number) => number
}

/**
 * `clamp(round(transform(scale * (stored - zeroPoint)) / outputScale) + outputZeroPoint)` in float32, multiplying by the
 * inverse of the output scale, halves away from zero. It fills the tables of LOGISTIC and TANH once, when an operator is
 * prepared; follows `LUTPopulate` of TensorFlow Lite (spec 7.7).
 */
export function transformStored(options: TransformOptions): StoredFunction {
  const { outputType, input, output, transform } = options
  const { min, max } = integerLimits[outputType]
  const inverseScale = Math.fround(1 / output.scale)
  return (stored) => {
    const real = Math.fround(input.scale * (stored - input.zeroPoint))
    const level = roundHalfAwayFromZero(Math.fround(transform(real) * inverseScale)) + output.zeroPoint
    return level < min ? min : level > max ? max : level
  }
}
