import { activationRange, quantizedActivationRange } from '../arithmetic/activation-range.ts'
import type { FusedActivation } from '../arithmetic/activation-range.ts'
import type { ActivationType, ScaleAndZeroPoint, StoredFunction } from './integer-tensor.ts'
import { rescaleStored } from './rescale.ts'

/** An activation as an operator of its own, which may change scale and zero point. */
export interface ActivationOptions {
  readonly outputType: ActivationType
  readonly input: ScaleAndZeroPoint
  readonly output: ScaleAndZeroPoint
}

/** Clamps float32 values as an activation does; NaN stays NaN. */
export function activateFloat32(
  activation: FusedActivation,
  input: Float32Array,
  output: Float32Array,
): void {
  const { min, max } = activationRange(activation)
  for (let i = 0; i < input.length; i++) {
    const value = input[i]!
    output[i] = value < min ? min : value > max ? max : value
  }
}

/**
 * An activation on one stored integer in the `tflite` arithmetic: rescaled from input to output with a factor computed
 * in float32, then clamped (spec 6.5, 7.9).
 */
export function activateStored(activation: FusedActivation, options: ActivationOptions): StoredFunction {
  const { outputType, input, output } = options
  return rescaleStored({
    factor: Math.fround(input.scale / output.scale),
    inputZeroPoint: input.zeroPoint,
    outputZeroPoint: output.zeroPoint,
    range: quantizedActivationRange(activation, outputType, output.scale, output.zeroPoint),
  })
}
