import { activationRange } from '../../arithmetic/activation-range.ts'
import { activateFloat32, activateStored } from '../../shared/activation.ts'
import type { ActivationOptions } from '../../shared/activation.ts'
import type { StoredFunction } from '../../shared/integer-tensor.ts'

/** RELU in float32: max(x, 0); NaN stays NaN. */
export const reluFloat32 = (input: Float32Array, output: Float32Array): void =>
  activateFloat32(activationRange('RELU'), input, output)

/** RELU on one stored integer, rescaling from input to output (spec 7.9). */
export const reluStored = (options: ActivationOptions): StoredFunction =>
  activateStored(activationRange('RELU'), options)
