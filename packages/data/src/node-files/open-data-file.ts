import { readFile } from 'node:fs/promises'
import type { Opener } from '@quantrx/core'
import { dataError } from '../data-error.ts'
import { labelsFromCsv } from '../labels/csv.ts'
import { normalize } from '../transforms/normalize.ts'
import type { Normalization } from '../transforms/normalize.ts'
import { rows } from '../transforms/rows.ts'
import type { RowRange } from '../transforms/rows.ts'
import { withLabels } from '../transforms/with-labels.ts'
import { arrowFile, npyFile } from './files.ts'

/** How a data file is read. */
export interface DataFileOptions {
  /** File of class indices: `.npy`, `.csv`, or `file.csv#column`. */
  readonly labels?: string
  /** Tensor column of an Arrow file. */
  readonly column?: string
  readonly normalize?: Normalization
  /** Rows to use, of the samples and of the labels. */
  readonly rows?: RowRange
}

const supported = '.npy, .arrow, .arrows or .feather'

/**
 * An opener for a data file, chosen by its extension, with its labels and preparation.
 *
 * @throws DataError for an extension that is not supported, naming those that are, and for labels that cannot be read.
 *
 * @example
 * samples(await openDataFile('pixels.npy', { labels: 'labels.csv', normalize: { mean: 127.5, std: 127.5 } }))
 */
export async function openDataFile(path: string, options: DataFileOptions = {}): Promise<Opener> {
  const plain = openerFor(path, options.column)
  const labelled = options.labels === undefined ? plain : withLabels(plain, await readLabels(options.labels))
  const sliced = options.rows === undefined ? labelled : rows(labelled, options.rows)
  return options.normalize === undefined ? sliced : normalize(sliced, options.normalize)
}

function openerFor(path: string, column: string | undefined): Opener {
  const extension = /\.[^./\\]+$/.exec(path)?.[0].toLowerCase() ?? ''
  switch (extension) {
    case '.npy':
      return npyFile(path)
    case '.arrow':
    case '.arrows':
    case '.feather':
      return arrowFile(path, column === undefined ? {} : { column })
    default:
      throw dataError(
        path,
        extension === '' ? 'no file extension' : extension,
        supported,
        'Convert the samples to one of these',
      )
  }
}

async function readLabels(source: string): Promise<ArrayLike<number>> {
  const [path = '', column] = source.split('#')
  if (path.toLowerCase().endsWith('.npy')) return npyLabels(path)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    const missing = (cause as { code?: string }).code === 'ENOENT'
    throw dataError(
      path,
      missing ? 'no such file' : String(cause),
      'a .npy or .csv file of labels',
      'Check the path',
      cause,
    )
  }
  return labelsFromCsv(text, column, path)
}

async function npyLabels(path: string): Promise<readonly number[]> {
  const labels: number[] = []
  for await (const { index, inputs } of npyFile(path)(new AbortController().signal)) {
    const label = Number(inputs[0]?.data[0])
    if (inputs[0]?.data.length !== 1 || !Number.isInteger(label) || label < 0) {
      throw dataError(`${path}, row ${index}`, `${inputs[0]?.data.length} values`, 'one class index')
    }
    labels.push(label)
  }
  return labels
}
