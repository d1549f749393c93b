import { dirname, resolve } from 'node:path'
import type { Opener } from '@quantrx/core'
import { dataError } from '../data-error.ts'
import { fileSamples } from '../files/file-samples.ts'
import type { SampleFile } from '../files/file-samples.ts'
import { sharpDecoder } from '../images/sharp-decoder.ts'
import { classIndices } from '../files/class-names.ts'
import { parseCsv } from '../labels/csv-table.ts'
import type { CsvTable } from '../labels/csv-table.ts'
import { sampleFile } from './folder.ts'
import { readText } from './labels.ts'
import type { FileOptions } from './folder.ts'

/** Names of the columns of a list of files, each the first of these that there is, unless named. */
const pathColumns = ['path', 'file', 'filename', 'file_name', 'image', 'audio']
const labelColumns = ['label', 'class']

/** Which columns of a list of files are paths and labels. */
export interface ListedFileOptions extends FileOptions {
  /** Column of the paths; the first of path, file, filename, file_name, image and audio by default. */
  readonly column?: string | undefined
}

/**
 * An opener for the files that a `.csv` file lists: a column of paths, seen from the folder of the list, and, where there is
 * one, a column `label` or `class` of class indices or class names. Samples come in the order of the list.
 *
 * Errors: `DataError` for a list without such a column, naming those there are, and for files that cannot be read.
 *
 * @example
 * samples(listedFiles('images.csv', { target: { shape: [1, 224, 224, 3], type: 'float32' } }))
 */
export function listedFiles(path: string, options: ListedFileOptions = {}): Opener {
  return fileSamples({
    ...{ ...options, name: path, keepOrder: true, imageDecoder: sharpDecoder },
    list: async () =>
      filesOf(path, parseCsv(await readText(path, 'a .csv file of paths and labels'), path), options),
  })
}

function filesOf(list: string, table: CsvTable, options: ListedFileOptions): readonly SampleFile[] {
  const { columns, rows } = table
  const paths = columnAt(columns, options.column === undefined ? pathColumns : [options.column])
  if (paths < 0) {
    const expected = `a column ${options.column ?? pathColumns.join(', ')}`
    throw dataError(list, `columns ${columns.join(', ') || 'none'}`, expected, 'Name the column of the paths')
  }
  const labels = columnAt(columns, labelColumns)
  const texts = labels < 0 ? [] : rows.map((fields) => fields[labels]?.trim() ?? '')
  const classes = classIndices(texts, options)
  return rows.map((fields, row) => {
    const path = fields[paths]?.trim() ?? ''
    if (path === '') throw dataError(`${list}, row ${row}`, 'no path', 'one in every row')
    return sampleFile(resolve(dirname(list), path), path, classes.get(texts[row] ?? ''))
  })
}

const columnAt = (columns: readonly string[], names: readonly string[]): number =>
  columns.findIndex((column) => names.includes(column.trim()))
