import type { IntegerType } from '@quantrx/core'

/** Types of quantized activations. */
export type ActivationType = Extract<IntegerType, 'int8' | 'uint8' | 'int16'>

/** How the stored integers of one tensor stand for real numbers: `scale * (stored - zeroPoint)`. */
export interface ScaleAndZeroPoint {
  readonly scale: number
  readonly zeroPoint: number
}

/** A function of one stored integer that gives another. */
export type StoredFunction = (stored: number) => number
