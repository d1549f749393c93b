import type { Shape } from '@quantrx/core'
import { blockOffsets, stridesOf } from '../../shared/element-walk.ts'
import type { NumberArray } from '../../shared/number-array.ts'

/** Windows over a tensor of any rank; all lists have one number for each dimension. */
export interface ReduceWindowParameters {
  readonly shape: Shape
  readonly window: readonly number[]
  readonly strides: readonly number[]
  /** Distances of neighbours in a window. */
  readonly dilations: readonly number[]
}

/** Positions of windows that lie inside the tensor, along each dimension. */
export const windowPositions = ({ shape, window, strides, dilations }: ReduceWindowParameters): Shape =>
  shape.map((size, axis) => {
    const extent = (window[axis]! - 1) * dilations[axis]! + 1
    return size < extent ? 0 : Math.floor((size - extent) / strides[axis]!) + 1
  })

/**
 * REDUCE_WINDOW: elements of each window folded into a first value, row by row; the output array rounds or wraps each result.
 */
export function reduceWindow<Value extends number | bigint>(
  parameters: ReduceWindowParameters,
  fold: (folded: Value, value: Value) => Value,
): (input: NumberArray<Value>, initial: Value, output: NumberArray<Value>) => void {
  const { shape, window, strides, dilations } = parameters
  const memory = stridesOf(shape)
  const starts = blockOffsets(windowPositions(parameters), (axis) => strides[axis]! * memory[axis]!)
  // Windows that fit nowhere may be too large to be listed.
  if (starts.length === 0) return () => undefined
  const inside = blockOffsets(window, (axis) => dilations[axis]! * memory[axis]!)
  return (input, initial, output) => {
    for (let at = 0; at < starts.length; at++) {
      output[at] = initial
      for (const offset of inside) output[at] = fold(output[at]!, input[starts[at]! + offset]!)
    }
  }
}
