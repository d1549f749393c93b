import { expMinusOne } from '../../math/exp.ts'
import { tanh } from '../../math/tanh.ts'
import type { StoredFunction } from '../../shared/integer-tensor.ts'
import { transformStored } from '../../shared/transform-stored.ts'
import type { TransformOptions } from '../../shared/transform-stored.ts'
import { tanhInt16 } from './int16.ts'

/** TANH in float32, computed in float64 and rounded once. */
export function tanhFloat32(input: Float32Array, output: Float32Array): void {
  for (let i = 0; i < input.length; i++) output[i] = tanh(input[i]!)
}

/**
 * TANH on one stored integer, through float32: in the `tflite` arithmetic rounded once, as TensorFlow Lite fills its
 * table; in the `xnnpack` arithmetic with a rounding at each step, as the C library of LiteRT's WebAssembly build does.
 */
export const tanhStored = (options: Omit<TransformOptions, 'transform'>): StoredFunction =>
  options.outputType === 'int16'
    ? tanhInt16(options.input.scale)
    : transformStored({
        ...options,
        transform: options.arithmetic === 'tflite' ? (real) => Math.fround(tanh(real)) : roundedTanh,
      })

/** Float32 tanh through e^2x - 1 or e^-2x - 1, whichever loses less; the bounds are ln(3) / 2 and ln(5 / 3) / 2. */
function roundedTanh(real: number): number {
  const magnitude = Math.abs(real)
  const growing = magnitude > 0.2554128
  const t = Math.fround(expMinusOne(growing ? 2 * magnitude : -2 * magnitude))
  const quotient = Math.fround((growing ? t : -t) / Math.fround(t + 2))
  const result = magnitude > 0.5493061 ? Math.fround(1 - Math.fround(2 / Math.fround(t + 2))) : quotient
  return real < 0 ? -result : result
}
