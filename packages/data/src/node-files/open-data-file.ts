import { stat } from 'node:fs/promises'
import type { Opener } from '@quantrx/core'
import { dataError } from '../data-error.ts'
import { normalize } from '../transforms/normalize.ts'
import type { Normalization } from '../transforms/normalize.ts'
import { rows } from '../transforms/rows.ts'
import type { RowRange } from '../transforms/rows.ts'
import { withLabels } from '../transforms/with-labels.ts'
import { arrowFile, npyFile } from './files.ts'
import { readLabels } from './labels.ts'

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
const advice = 'Convert the samples to one of these'

/**
 * An opener for a data file, chosen by its extension, with its labels and preparation.
 *
 * @throws DataError for an extension that is not supported, naming those that are, and for labels that cannot be read.
 *
 * @example
 * samples(await openDataFile('pixels.npy', { labels: 'labels.csv', normalize: { mean: 127.5, std: 127.5 } }))
 */
export async function openDataFile(path: string, options: DataFileOptions = {}): Promise<Opener> {
  const plain = await openerFor(path, options.column)
  const labelled = options.labels === undefined ? plain : withLabels(plain, await readLabels(options.labels))
  const sliced = options.rows === undefined ? labelled : rows(labelled, options.rows)
  return options.normalize === undefined ? sliced : normalize(sliced, options.normalize)
}

async function openerFor(path: string, column: string | undefined): Promise<Opener> {
  const extension = /\.[^./\\]+$/.exec(path)?.[0].toLowerCase()
  switch (extension) {
    case '.npy':
      return npyFile(path)
    case '.arrow':
    case '.arrows':
    case '.feather':
      return arrowFile(path, column === undefined ? {} : { column })
    case '.parquet':
    case '.npz':
      throw dataError(path, `${extension}, which is not supported yet`, supported, advice)
    default:
      throw dataError(path, await describeUnknown(path, extension), supported, advice)
  }
}

async function describeUnknown(path: string, extension = 'no file extension'): Promise<string> {
  const folder = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
  return folder ? 'a folder, which is not supported yet' : extension
}
