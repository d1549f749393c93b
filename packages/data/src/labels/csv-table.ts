import { dataError } from '../data-error.ts'

/** Text in rows and named columns. */
export interface CsvTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/**
 * Reads CSV text with a heading line (RFC 4180: quoted fields may hold commas and line breaks).
 *
 * @throws DataError for a quote where none may be.
 */
export function parseCsv(text: string, name: string): CsvTable {
  const records: string[][] = []
  let record: string[] = []
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y
  const start = text.startsWith('\uFEFF') ? 1 : 0
  pattern.lastIndex = start
  while (pattern.lastIndex < text.length) {
    const position = pattern.lastIndex
    const match = pattern.exec(text)
    if (match === null) throw dataError(name, `a stray quote at character ${position}`, 'CSV')
    record.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === ',' && pattern.lastIndex < text.length) continue
    records.push(record)
    record = []
  }
  const [columns = [], ...rows] = records
  return { columns, rows }
}

/**
 * The class indices in a column.
 *
 * @throws DataError when the column is missing, naming those there are, or holds something else than a class index.
 */
export function classColumn({ columns, rows }: CsvTable, column: string, name: string): readonly number[] {
  const at = columns.indexOf(column)
  if (at < 0) {
    const found = `columns ${columns.join(', ') || 'none'}`
    throw dataError(name, found, `a column "${column}"`, 'Name the column as file.csv#column')
  }
  return rows.map((fields, row) => {
    const field = fields[at]?.trim() ?? ''
    if (/^\d+$/.test(field)) return Number(field)
    throw dataError(`${name}, row ${row}`, JSON.stringify(field), `a class index in column "${column}"`)
  })
}
