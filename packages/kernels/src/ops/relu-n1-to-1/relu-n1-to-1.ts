import { activationRange } from '../../arithmetic/activation-range.ts'
import { activateFloat32, activateStored } from '../../shared/activation.ts'
import type { ActivationOptions } from '../../shared/activation.ts'
import type { Elements } from '../../shared/elements.ts'
import type { StoredFunction } from '../../shared/integer-tensor.ts'

/** RELU_N1_TO_1 in float32: min(max(x, -1), 1); NaN stays NaN. */
export const reluN1To1Float32 = (input: Elements<number>, output: Elements<number>): void =>
  activateFloat32(activationRange('RELU_N1_TO_1'), input, output)

/** RELU_N1_TO_1 on one stored integer, rescaling from input to output (spec 7.9). */
export const reluN1To1Stored = (options: ActivationOptions): StoredFunction =>
  activateStored(activationRange('RELU_N1_TO_1'), options)
