import { readFile } from 'node:fs/promises'
import type { Sample } from '@quantrx/core'
import { dataError } from '../data-error.ts'
import { labelsFromCsv } from '../labels/csv.ts'
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
  return labelsFromCsv(await readText(path), column, path)
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw unreadable(path, expected, cause)
  }
}

async function npyLabels(path: string): Promise<readonly number[]> {
  const labels: number[] = []
  for await (const sample of npyFile(path)(new AbortController().signal))
    labels.push(classIndex(path, sample))
  return labels
}

function classIndex(path: string, { index, inputs }: Sample): number {
  const values = inputs[0]?.data ?? []
  const label = Number(values[0])
  if (values.length === 1 && Number.isSafeInteger(label) && label >= 0) return label
  const found = values.length === 1 ? String(values[0]) : `${values.length} values`
  throw dataError(`${path}, row ${index}`, found, 'one class index')
}
