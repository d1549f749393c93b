import type { IndexTuples } from '../../shared/index-tuples.ts'
import type { NumberArray } from '../../shared/number-array.ts'

/** Addition of numbers, or of 64-bit integers. */
export type Addition<Value extends number | bigint> = (a: Value, b: Value) => Value

/**
 * SCATTER_ND: slices added to a tensor of zeros where tuples of indices say; stored integers are added as they are.
 *
 * @throws DataError, when it runs, for an index outside its dimension.
 */
export function scatterNd<Value extends number | bigint>(
  { count, run, start }: IndexTuples,
  zero: Value,
  add: Addition<Value>,
): (indices: ArrayLike<number | bigint>, updates: NumberArray<Value>, output: NumberArray<Value>) => void {
  return (indices, updates, output) => {
    output.fill(zero)
    for (let at = 0; at < count; at++) {
      const to = start(indices, at)
      for (let i = 0; i < run; i++) output[to + i] = add(output[to + i]!, updates[at * run + i]!)
    }
  }
}
