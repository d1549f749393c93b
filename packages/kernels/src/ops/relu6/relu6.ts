import { activationRange } from '../../arithmetic/activation-range.ts'
import { activateFloat32, activateStored } from '../../shared/activation.ts'
import type { ActivationOptions } from '../../shared/activation.ts'
import type { StoredFunction } from '../../shared/integer-tensor.ts'

/** RELU6 in float32: min(max(x, 0), 6); NaN stays NaN. */
export const relu6Float32 = (input: Float32Array, output: Float32Array): void =>
  activateFloat32(activationRange('RELU6'), input, output)

/** RELU6 on one stored integer, rescaling from input to output (spec 7.9). */
export const relu6Stored = (options: ActivationOptions): StoredFunction =>
  activateStored(activationRange('RELU6'), options)
