import { exp } from '../../math/exp.ts'
import { logistic } from '../../math/logistic.ts'
import type { StoredFunction } from '../../shared/integer-tensor.ts'
import { transformStored } from '../../shared/transform-stored.ts'
import type { TransformOptions } from '../../shared/transform-stored.ts'
import { logisticInt16 } from './int16.ts'

/** LOGISTIC in float32: 1 / (1 + e^-x), computed in float64 and rounded once. */
export function logisticFloat32(input: Float32Array, output: Float32Array): void {
  for (let i = 0; i < input.length; i++) output[i] = logistic(input[i]!)
}

/**
 * LOGISTIC on one stored integer: in the `tflite` arithmetic through float32 with a rounding at each step, as TensorFlow
 * Lite fills its table; in the `xnnpack` arithmetic through float64, rounded once.
 */
export const logisticStored = (options: Omit<TransformOptions, 'transform'>): StoredFunction =>
  options.outputType === 'int16'
    ? logisticInt16(options.input.scale)
    : transformStored({
        ...options,
        transform: options.arithmetic === 'tflite' ? roundedLogistic : (real) => Math.fround(logistic(real)),
      })

const roundedLogistic = (real: number): number => Math.fround(1 / Math.fround(1 + Math.fround(exp(-real))))
