import { dataError } from '../data-error.ts'

/**
 * The class indices in a column of CSV text with a heading line (RFC 4180: quoted fields may hold commas and line breaks).
 *
 * @throws DataError when the column is missing, naming those there are, or holds something else than a class index.
 *
 * @example
 * labelsFromCsv('row,label\n0,7\n1,2\n') // [7, 2]
 */
export function labelsFromCsv(text: string, column = 'label', name = 'labels'): readonly number[] {
  const [headings = [], ...records] = parseCsv(text, name)
  const at = headings.indexOf(column)
  if (at < 0) {
    const found = `columns ${headings.join(', ') || 'none'}`
    throw dataError(name, found, `a column "${column}"`, 'Name the column as file.csv#column')
  }
  return records.map((fields, row) => {
    const field = fields[at]?.trim() ?? ''
    if (/^\d+$/.test(field)) return Number(field)
    throw dataError(`${name}, row ${row}`, JSON.stringify(field), `a class index in column "${column}"`)
  })
}

function parseCsv(text: string, name: string): string[][] {
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
  return records
}
