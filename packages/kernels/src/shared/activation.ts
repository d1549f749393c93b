import { quantizedRange } from '../arithmetic/activation-range.ts'
import type { ActivationRange } from '../arithmetic/activation-range.ts'
import type { Elements } from './elements.ts'
import type { ActivationType, ScaleAndZeroPoint, StoredFunction } from './integer-tensor.ts'
import { rescaleStored } from './rescale.ts'
import type { RescaleOptions } from './rescale.ts'

/** An activation as an operator of its own, which may change scale and zero point. */
export interface ActivationOptions {
  readonly outputType: ActivationType
  readonly input: ScaleAndZeroPoint
  readonly output: ScaleAndZeroPoint
}

/** Clamps float32 values to the range of an activation; NaN stays NaN. */
export function activateFloat32(
  { min, max }: ActivationRange,
  input: Elements<number>,
  output: Elements<number>,
): void {
  for (let i = 0; i < input.length; i++) {
    const value = input[i]!
    output[i] = value < min ? min : value > max ? max : value
  }
}

/**
 * An activation on one stored integer in the `tflite` arithmetic: rescaled from input to output with a factor computed
 * in float32, then clamped (spec 6.5, 7.9).
 */
export const activateStored = (real: ActivationRange, options: ActivationOptions): StoredFunction =>
  rescaleStored(activationRescale(real, options))

/** The parameters of {@link activateStored}. */
export function activationRescale(real: ActivationRange, options: ActivationOptions): RescaleOptions {
  const { outputType, input, output } = options
  return {
    factor: Math.fround(input.scale / output.scale),
    inputZeroPoint: input.zeroPoint,
    outputZeroPoint: output.zeroPoint,
    range: quantizedRange(real, outputType, output.scale, output.zeroPoint),
  }
}
