import type { NumberArray } from '../../shared/number-array.ts'

/** Sizes of a one-hot tensor, `[outer, depth, inner]`; its indices are `[outer, inner]`. */
export interface OneHotSizes {
  readonly outer: number
  readonly depth: number
  readonly inner: number
}

/** ONE_HOT: `on` at the position that an index names along the new dimension, `off` elsewhere and for any other index. */
export function oneHot({
  outer,
  depth,
  inner,
}: OneHotSizes): <Value extends number | bigint>(
  indices: ArrayLike<number | bigint>,
  on: Value,
  off: Value,
  output: NumberArray<Value>,
) => void {
  return (indices, on, off, output) => {
    output.fill(off)
    for (let at = 0; at < outer * inner; at++) {
      const index = Number(indices[at])
      const row = Math.floor(at / inner)
      if (index >= 0 && index < depth) output[(row * depth + index) * inner + (at % inner)] = on
    }
  }
}
