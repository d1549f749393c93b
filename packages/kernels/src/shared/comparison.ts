import { integerLimits } from '@quantrx/core'
import type { BroadcastRows } from './broadcast.ts'
import { pairElements } from './elements.ts'
import type { ElementsPairing } from './elements.ts'
import type { ScaleAndZeroPoint } from './integer-tensor.ts'
import { realLevels } from './real-levels.ts'

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
  const [left, right] = [realLevels(type, a), realLevels(type, b)]
  return pairElements<number>(rows, (first, second) =>
    compare(left[first - smallest]!, right[second - smallest]!) ? 1 : 0,
  )
}
