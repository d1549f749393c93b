import { integerLimits } from '@quantrx/core'
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../arithmetic/fixed-point.ts'
import type { BroadcastRows } from './broadcast.ts'
import { pairElements } from './elements.ts'
import type { ElementsPairing } from './elements.ts'
import type { ScaleAndZeroPoint } from './integer-tensor.ts'

/** What a comparison says of two numbers, or of two 64-bit integers. */
export type Comparison = (a: number | bigint, b: number | bigint) => boolean

/** Compares numbers as they are stored; 1 where the comparison holds, 0 elsewhere. */
export function compareElements(
  rows: BroadcastRows,
  compare: Comparison,
): ElementsPairing<number | bigint, number> {
  return pairElements<number | bigint, number>(rows, (a, b) => (compare(a, b) ? 1 : 0))
}

/** Two quantized operands of one 8-bit type that are compared. */
export interface CompareStoredParameters {
  readonly rows: BroadcastRows
  readonly type: 'int8' | 'uint8'
  readonly a: ScaleAndZeroPoint
  readonly b: ScaleAndZeroPoint
}

/**
 * Compares quantized numbers: both operands in fixed point with 8 more bits, each multiplied by its scale (spec 7.4). LiteRT
 * computes this in both arithmetics.
 */
export function compareStored(
  { rows, type, a, b }: CompareStoredParameters,
  compare: Comparison,
): ElementsPairing<number> {
  const smallest = integerLimits[type].min
  const [left, right] = [realTable(type, a), realTable(type, b)]
  return pairElements<number>(rows, (first, second) =>
    compare(left[first - smallest]!, right[second - smallest]!) ? 1 : 0,
  )
}

const headroomBits = 8

/** What every value of a type stands for in 256ths, the smallest value first. */
function realTable(type: 'int8' | 'uint8', { scale, zeroPoint }: ScaleAndZeroPoint): Int32Array {
  const { min, max } = integerLimits[type]
  const { multiplier, shift } = quantizeMultiplier(scale)
  return Int32Array.from({ length: max - min + 1 }, (_, at) =>
    multiplyByQuantizedMultiplier((at + min - zeroPoint) << headroomBits, multiplier, shift),
  )
}
