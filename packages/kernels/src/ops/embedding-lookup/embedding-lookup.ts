import { checkedIndex } from '../../shared/checked-index.ts'

/** Which rows of a table of stored integers become real numbers. */
export interface EmbeddingLookupParameters {
  readonly rows: number
  readonly rowLength: number
  /** One scale for each row, or one for all; zero points are 0. */
  readonly scales: readonly number[]
}

/**
 * EMBEDDING_LOOKUP in an int8 table with float32 outputs: the rows that indices name, times their scales.
 *
 * @throws DataError, when it runs, for an index outside the table.
 */
export function embeddingLookupHybrid({
  rows,
  rowLength,
  scales,
}: EmbeddingLookupParameters): (
  indices: ArrayLike<number | bigint>,
  table: Int8Array,
  output: Float32Array,
) => void {
  return (indices, table, output) => {
    for (let at = 0; at < indices.length; at++) {
      const row = checkedIndex('EMBEDDING_LOOKUP', indices[at]!, rows)
      const scale = scales[row] ?? scales[0] ?? 1
      for (let i = 0; i < rowLength; i++) output[at * rowLength + i] = table[row * rowLength + i]! * scale
    }
  }
}
