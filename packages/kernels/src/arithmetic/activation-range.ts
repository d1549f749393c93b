import { UnsupportedError, integerLimits, roundHalfAwayFromZero, roundHalfToEven } from '@quantrx/core'
import type { IntegerType } from '@quantrx/core'
import type { Arithmetic } from './arithmetic.ts'

/** Activations that can be fused into an operator; `NONE` clamps nothing. */
export type FusedActivation = 'NONE' | 'RELU' | 'RELU_N1_TO_1' | 'RELU6'

/** Closed interval to which an operator clamps its outputs. */
export interface ActivationRange {
  readonly min: number
  readonly max: number
}

const realRanges: Readonly<Record<FusedActivation, ActivationRange>> = {
  NONE: { min: -Infinity, max: Infinity },
  RELU: { min: 0, max: Infinity },
  RELU_N1_TO_1: { min: -1, max: 1 },
  RELU6: { min: 0, max: 6 },
}

/**
 * Real values that a fused activation lets through.
 *
 * @throws UnsupportedError for activations that cannot be fused, naming those that can.
 */
export function activationRange(activation: string): ActivationRange {
  if (Object.hasOwn(realRanges, activation)) return realRanges[activation as FusedActivation]
  throw new UnsupportedError({
    stage: 'kernels',
    subject: 'fused activation',
    found: activation,
    expected: `one of ${Object.keys(realRanges).join(', ')}`,
  })
}

/**
 * Stored integers that a fused activation lets through: `zeroPoint + round(bound / scale)`, the division in float32,
 * within the limits of the type. Follows `CalculateActivationRangeQuantized` of TensorFlow Lite (spec section 5).
 * The `xnnpack` arithmetic adds the zero point in float32 before it rounds, and rounds halves to even.
 *
 * @throws UnsupportedError for activations that cannot be fused.
 */
export function quantizedActivationRange(
  activation: string,
  type: IntegerType,
  scale: number,
  zeroPoint: number,
  arithmetic: Arithmetic = 'tflite',
): ActivationRange {
  return quantizedRange(activationRange(activation), type, scale, zeroPoint, arithmetic)
}

/** Stored integers that stand for a range of real numbers; rounded as {@link quantizedActivationRange} does. */
export function quantizedRange(
  real: ActivationRange,
  type: IntegerType,
  scale: number,
  zeroPoint: number,
  arithmetic: Arithmetic = 'tflite',
): ActivationRange {
  const limits = integerLimits[type]
  const stored = (bound: number): number => {
    const level = Math.fround(bound / scale)
    return arithmetic === 'tflite'
      ? zeroPoint + roundHalfAwayFromZero(level)
      : roundHalfToEven(Math.fround(level + zeroPoint))
  }
  return {
    min: real.min === -Infinity ? limits.min : Math.min(limits.max, Math.max(limits.min, stored(real.min))),
    max: real.max === Infinity ? limits.max : Math.max(limits.min, Math.min(limits.max, stored(real.max))),
  }
}
