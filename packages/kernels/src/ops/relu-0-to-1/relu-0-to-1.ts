import { activateFloat32, activateStored } from '../../shared/activation.ts'
import type { ActivationOptions } from '../../shared/activation.ts'
import type { Elements } from '../../shared/elements.ts'
import type { StoredFunction } from '../../shared/integer-tensor.ts'

/** Real numbers that RELU_0_TO_1 lets through; no operator can fuse it. */
const zeroToOne = { min: 0, max: 1 }

/** RELU_0_TO_1 in float32: min(max(x, 0), 1); NaN stays NaN. */
export const relu0To1Float32 = (input: Elements<number>, output: Elements<number>): void =>
  activateFloat32(zeroToOne, input, output)

/** RELU_0_TO_1 on one stored integer, rescaling from input to output (spec 7.9). */
export const relu0To1Stored = (options: ActivationOptions): StoredFunction =>
  activateStored(zeroToOne, options)
