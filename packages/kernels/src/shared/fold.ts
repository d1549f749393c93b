import { integerLimits } from '@quantrx/core'
import type { NumberArray } from './number-array.ts'
import type { ReductionGeometry } from './reduction.ts'

/** Puts one more value to what has been folded so far. */
export type Fold<Value extends number | bigint> = (folded: Value, value: Value) => Value

/**
 * A reduction that folds values one by one, in row-major order of the input, starting from `initial`; the output array
 * rounds or wraps every intermediate result.
 *
 * @example
 * const sum = foldElements<number>(reductionGeometry('SUM', [2, 2], [1]), 0, (folded, value) => folded + value)
 * const output = new Float32Array(2)
 * sum(Float32Array.of(1, 2, 3, 4), output) // output is 3, 7
 */
export function foldElements<Value extends number | bigint>(
  { outputOf }: ReductionGeometry,
  initial: Value,
  fold: Fold<Value>,
): (input: NumberArray<Value>, output: NumberArray<Value>) => void {
  return (input, output) => {
    output.fill(initial)
    for (let i = 0; i < outputOf.length; i++) output[outputOf[i]!] = fold(output[outputOf[i]!]!, input[i]!)
  }
}

/** Types whose values are compared. */
export type ComparedType = 'float32' | 'int8' | 'uint8' | 'int16' | 'int32' | 'int64'

/** The smallest and the largest value of a type. */
export function extremesOf(type: ComparedType): Record<'lowest' | 'highest', number | bigint> {
  if (type === 'float32') return { lowest: -Infinity, highest: Infinity }
  if (type === 'int64') return { lowest: -(2n ** 63n), highest: 2n ** 63n - 1n }
  return { lowest: integerLimits[type].min, highest: integerLimits[type].max }
}
