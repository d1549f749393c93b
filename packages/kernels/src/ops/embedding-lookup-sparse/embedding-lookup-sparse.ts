import { checkedIndex } from '../../shared/checked-index.ts'

/** How rows of one bag are combined: summed, or divided by the sum of their weights, or by the root of the sum of squares. */
export type EmbeddingCombiner = 'SUM' | 'MEAN' | 'SQRTN'

/** A row of the table that belongs to a bag. */
export interface WeightedRow {
  readonly bag: number
  readonly row: number | bigint
  readonly weight: number
}

/** Sizes of a table of rows. */
export interface EmbeddingTable {
  readonly rows: number
  readonly rowLength: number
}

/**
 * EMBEDDING_LOOKUP_SPARSE: rows of a table, times their weights, summed in bags; bags without rows are zeros. Every operation is
 * rounded to float32.
 *
 * @param entries Those of one bag follow each other.
 * @throws DataError for rows that the table does not have.
 */
export function embeddingLookupSparse(
  { rows, rowLength }: EmbeddingTable,
  combiner: EmbeddingCombiner,
  entries: readonly WeightedRow[],
  table: Float32Array,
  output: Float32Array,
): void {
  const { fround } = Math
  output.fill(0)
  let [total, squares] = [0, 0]
  entries.forEach(({ bag, row, weight }, at) => {
    const [from, to] = [checkedIndex('EMBEDDING_LOOKUP_SPARSE', row, rows) * rowLength, bag * rowLength]
    for (let i = 0; i < rowLength; i++) output[to + i] = output[to + i]! + fround(table[from + i]! * weight)
    total = fround(total + weight)
    squares = fround(squares + fround(weight * weight))
    if (entries[at + 1]?.bag === bag) return
    const divisor = combiner === 'SUM' ? 1 : combiner === 'MEAN' ? total : fround(Math.sqrt(squares))
    for (let i = 0; i < rowLength; i++) output[to + i] = output[to + i]! / divisor
    ;[total, squares] = [0, 0]
  })
}
