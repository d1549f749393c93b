import { classColumn, parseCsv } from './csv-table.ts'

/**
 * The class indices in a column of CSV text with a heading line (RFC 4180: quoted fields may hold commas and line breaks).
 *
 * @throws DataError when the column is missing, naming those there are, or holds something else than a class index.
 *
 * @example
 * labelsFromCsv('row,label\n0,7\n1,2\n') // [7, 2]
 */
export function labelsFromCsv(text: string, column = 'label', name = 'labels'): readonly number[] {
  return classColumn(parseCsv(text, name), column, name)
}
