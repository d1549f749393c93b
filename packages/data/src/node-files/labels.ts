import { readFile } from 'node:fs/promises'
import { dataError } from '../data-error.ts'
import { labelsFromCsv } from '../labels/csv.ts'
import { rowLabel } from '../labels/row-label.ts'
import { unreadable } from './file-source.ts'
import { npyFile } from './files.ts'

const expected = 'a .npy or .csv file of labels'

/**
 * The class indices in a file: `labels.npy` with one integer a row, `labels.csv` with a column "label", or
 * `labels.csv#column`.
 *
 * @throws DataError for a file that cannot be read, a missing column, or a label that is no class index, naming its row.
 *
 * @example
 * withLabels(npyFile('pixels.npy'), await readLabels('labels.csv#class'))
 */
export async function readLabels(source: string): Promise<readonly number[]> {
  if (/\.npy$/i.test(source)) return npyLabels(source)
  const [, path, column] = /^(.*\.csv)(?:#(.*))?$/is.exec(source) ?? []
  if (path === undefined) throw dataError(source, 'a file of another kind', expected, 'Convert the labels')
  return labelsFromCsv(await readText(path, expected), column, path)
}

/**
 * The names of classes in a text file, a line each.
 *
 * @throws DataError for a file that cannot be read or holds no names.
 */
export async function readClassNames(path: string): Promise<readonly string[]> {
  const names = (await readText(path, 'a text file of class names')).split(/\r?\n/).map((line) => line.trim())
  const last = names.findLastIndex((name) => name !== '')
  if (last >= 0) return names.slice(0, last + 1)
  throw dataError(path, 'no names', 'the name of a class in each line')
}

/** @throws DataError for a file that cannot be read. */
export async function readText(path: string, expectation: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw unreadable(path, expectation, cause)
  }
}

async function npyLabels(path: string): Promise<readonly number[]> {
  const labels: number[] = []
  for await (const sample of npyFile(path)(new AbortController().signal))
    labels.push(rowLabel(`${path}, row ${sample.index}`, sample.inputs[0]?.data ?? []))
  return labels
}
