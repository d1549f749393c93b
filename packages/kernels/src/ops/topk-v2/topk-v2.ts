import type { NumberArray } from '../../shared/number-array.ts'

/**
 * TOPK_V2: the `count` largest values of each row, largest first, and their positions; of equal ones the first comes first.
 *
 * @param rowLength Values of a row, at least `count`.
 */
export function topValues(
  rowLength: number,
  count: number,
): <Value extends number | bigint>(
  input: NumberArray<Value>,
  values: NumberArray<Value>,
  positions: Int32Array,
) => void {
  return (input, values, positions) => {
    const order = new Uint32Array(values.length === 0 ? 0 : rowLength)
    for (let row = 0; row * count < values.length; row++) {
      const first = row * rowLength
      const descending = (a: number, b: number): number => {
        const [left, right] = [input[first + a]!, input[first + b]!]
        if (left === right) return a - b
        return left > right ? -1 : 1
      }
      order.forEach((_, at) => (order[at] = at))
      order.sort(descending)
      for (let at = 0; at < count; at++) {
        positions[row * count + at] = order[at]!
        values[row * count + at] = input[first + order[at]!]!
      }
    }
  }
}
