import type { IndexTuples } from '../../shared/index-tuples.ts'
import type { NumberArray } from '../../shared/number-array.ts'

/**
 * SPARSE_TO_DENSE: a tensor full of one value, with others where tuples of indices say; of several at one place the last one stays.
 * A single value stands at all places.
 *
 * @param tuples Each of them names an element.
 * @throws DataError, when it runs, for an index outside its dimension.
 */
export function sparseToDense<Value extends number | bigint>({
  count,
  start,
}: IndexTuples): (
  indices: ArrayLike<number | bigint>,
  values: NumberArray<Value>,
  rest: Value,
  output: NumberArray<Value>,
) => void {
  return (indices, values, rest, output) => {
    const step = values.length === 1 ? 0 : 1
    output.fill(rest)
    for (let at = 0; at < count; at++) output[start(indices, at)] = values[at * step]!
  }
}
