import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import type { NumberArray } from '../../shared/number-array.ts'

/** Which sums are formed. */
export interface CumsumParameters {
  readonly shape: Shape
  /** From 0 to rank - 1. */
  readonly axis: number
  /** True when a sum leaves out the element at its own place. */
  readonly exclusive: boolean
  /** True when sums are formed from the end. */
  readonly reverse: boolean
}

/** CUMSUM: sums of all elements up to a place along a dimension; the output array rounds or wraps each of them. */
export function cumsum<Value extends number | bigint>(
  { shape, axis, exclusive, reverse }: CumsumParameters,
  zero: Value,
  add: (a: Value, b: Value) => Value,
): (input: NumberArray<Value>, output: NumberArray<Value>) => void {
  const outer = elementCount(shape.slice(0, axis))
  const inner = elementCount(shape.slice(axis + 1))
  const size = shape[axis]!
  const step = reverse ? -inner : inner
  return (input, output) => {
    for (let line = 0; line < outer * inner; line++) {
      const begin = Math.floor(line / inner) * inner * size + (line % inner)
      let at = reverse ? begin + (size - 1) * inner : begin
      for (let position = 0; position < size; position++, at += step) {
        const before = position === 0 ? zero : add(output[at - step]!, exclusive ? input[at - step]! : zero)
        output[at] = exclusive ? before : add(before, input[at]!)
      }
    }
  }
}
