import { parquetMetadata } from 'hyparquet'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { expect, it } from 'vitest'
import { rowsAtOnce } from './rows-at-once.ts'

/** What a file of 20 rows in two groups says, as if each of its rows took so many bytes. */
function metadata(bytesPerRow: number) {
  const columnData = [{ name: 'image', data: Array.from({ length: 20 }, () => Uint8Array.of(1)) }]
  const told = parquetMetadata(parquetWriteBuffer({ columnData, rowGroupSize: 10 }))
  const groups = told.row_groups.map((group) => ({
    ...group,
    columns: group.columns.map((column) => ({
      ...column,
      meta_data: { ...column.meta_data!, total_uncompressed_size: BigInt(bytesPerRow * 10) },
    })),
  }))
  return { ...told, row_groups: groups }
}

it.each([
  [1, 1024],
  [2 ** 20, 16],
  [2 ** 22, 4],
  [2 ** 30, 1],
])('rows of %d bytes are read %d at once', (bytes, rows) => {
  expect(rowsAtOnce(metadata(bytes), 'image')).toBe(rows)
})

it('counts the column that is read, and nothing else', () => {
  expect(rowsAtOnce(metadata(2 ** 30), 'other')).toBe(1024)
})
