import type { FileMetaData } from 'hyparquet'

/** Bytes of a column that are held at once, before they are decoded. */
const bytesAtOnce = 16 * 2 ** 20

/** Equal values take hardly any bytes in a file, but as many as others once they are decoded. */
const mostRows = 1024

/**
 * How many rows of a file are decoded at once: few, so that memory does not grow with the file, but as many as that allows,
 * because most writers leave out the index of pages, and then every reading decodes a whole row group.
 */
export function rowsAtOnce({ row_groups, num_rows }: FileMetaData, column: string): number {
  const bytes = row_groups
    .flatMap(({ columns }) => columns)
    .flatMap(({ meta_data }) => (meta_data?.path_in_schema[0] === column ? [meta_data] : []))
    .reduce((total, { total_uncompressed_size }) => total + Number(total_uncompressed_size), 0)
  const fitting = Math.floor(bytesAtOnce / Math.max(1, bytes / Math.max(1, Number(num_rows))))
  return Math.min(Math.max(1, fitting), mostRows)
}
