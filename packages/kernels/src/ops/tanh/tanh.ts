import { tanh } from '../../math/tanh.ts'
import type { StoredFunction } from '../../shared/integer-tensor.ts'
import { transformStored } from '../../shared/transform-stored.ts'
import type { TransformOptions } from '../../shared/transform-stored.ts'

/** TANH in float32, computed in float64 and rounded once. */
export function tanhFloat32(input: Float32Array, output: Float32Array): void {
  for (let i = 0; i < input.length; i++) output[i] = tanh(input[i]!)
}

/** TANH on one stored integer, through float32, as TensorFlow Lite fills its table. */
export const tanhStored = (options: Omit<TransformOptions, 'transform'>): StoredFunction =>
  transformStored({ ...options, transform: (real) => Math.fround(tanh(real)) })
