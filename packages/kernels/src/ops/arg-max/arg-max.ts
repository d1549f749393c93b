import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import type { NumberArray } from '../../shared/number-array.ts'

/** Whether a value is to be chosen instead of the best so far. */
export type Better = <Value extends number | bigint>(value: Value, best: Value) => boolean

/**
 * ARG_MAX and ARG_MIN: the position of the best value along a dimension, of the first one where several are alike.
 *
 * @param axis From 0 to rank - 1.
 */
export function argBest(
  shape: Shape,
  axis: number,
  better: Better,
): <Value extends number | bigint>(
  input: NumberArray<Value>,
  choose: (output: number, position: number) => void,
) => void {
  const outer = elementCount(shape.slice(0, axis))
  const inner = elementCount(shape.slice(axis + 1))
  const size = shape[axis] ?? 1
  return (input, choose) => {
    for (let output = 0; output < outer * inner; output++) {
      const first = Math.floor(output / inner) * inner * size + (output % inner)
      let best = 0
      for (let position = 1; position < size; position++)
        if (better(input[first + position * inner]!, input[first + best * inner]!)) best = position
      choose(output, best)
    }
  }
}
