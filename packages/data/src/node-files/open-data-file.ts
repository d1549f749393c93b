import { stat } from 'node:fs/promises'
import type { Opener } from '@quantrx/core'
import { dataError } from '../data-error.ts'
import { httpSource, httpStream } from '../http/http-source.ts'
import { sharpDecoder } from '../images/sharp-decoder.ts'
import { npyRows } from '../npy/npy.ts'
import { npzRows } from '../npz/npz.ts'
import { normalize } from '../transforms/normalize.ts'
import type { Normalization } from '../transforms/normalize.ts'
import { rows } from '../transforms/rows.ts'
import type { RowRange } from '../transforms/rows.ts'
import { withLabels } from '../transforms/with-labels.ts'
import { fileSource } from './file-source.ts'
import { folder } from './folder.ts'
import type { FileOptions } from './folder.ts'
import { readLabels } from './labels.ts'
import { listedFiles } from './listed-files.ts'
import { arrowSupport, parquetSupport } from './optional-packages.ts'

/** How a data file is read. */
export interface DataFileOptions extends FileOptions {
  /** File of class indices: `.npy`, `.csv`, or `file.csv#column`. */
  readonly labels?: string
  /** Column of an Arrow, Parquet or `.csv` file, or array of a `.npz` file, that holds the samples. */
  readonly column?: string
  /** Column or array of the same file that holds the labels. */
  readonly labelColumn?: string
  readonly normalize?: Normalization
  /** Rows to use, of the samples and of the labels. */
  readonly rows?: RowRange
}

type Format = (path: string, options: DataFileOptions) => Opener

const isUrl = (path: string): boolean => /^https?:\/\//i.test(path)

const openSource = (path: string) => (signal: AbortSignal) =>
  isUrl(path) ? httpSource(path, signal) : fileSource(path)

const arrowFormat: Format = (path, { column, labelColumn }) =>
  async function* (signal) {
    const { arrowRows } = await arrowSupport(path)
    const columns = {
      ...(column === undefined ? {} : { column }),
      ...(labelColumn === undefined ? {} : { label: labelColumn }),
    }
    const source = (each: AbortSignal) => (isUrl(path) ? httpStream(path, each) : fileSource(path))
    yield* arrowRows(source, columns)(signal)
  }

/** The formats by extension; what is an address may be any of them but a list of paths. */
const formats: Readonly<Record<string, Format>> = {
  '.npy': (path) => npyRows(openSource(path)),
  '.npz': (path, { column, labelColumn }) =>
    npzRows(openSource(path), { inputs: column?.split(','), label: labelColumn }),
  '.arrow': arrowFormat,
  '.arrows': arrowFormat,
  '.feather': arrowFormat,
  '.parquet': (path, { column, labelColumn: label, ...options }) =>
    async function* (signal) {
      const { parquetRows } = await parquetSupport(path)
      const read = { ...options, column, label, imageDecoder: sharpDecoder }
      yield* parquetRows(openSource(path), read)(signal)
    },
  '.csv': (path, options) => listedFiles(path, options),
}

const supported = `${Object.keys(formats).join(', ')} or a folder`

/**
 * An opener for a data file or the file behind an address, chosen by its extension, or for a folder of images, sounds or
 * arrays, with labels and preparation.
 *
 * @throws DataError for an extension that is not supported, naming those that are, and for labels that cannot be read.
 *
 * @example
 * samples(await openDataFile('pixels.npy', { labels: 'labels.csv', normalize: { mean: 127.5, std: 127.5 } }))
 */
export async function openDataFile(path: string, options: DataFileOptions = {}): Promise<Opener> {
  const plain = await openerFor(path, options)
  const labelled = options.labels === undefined ? plain : withLabels(plain, await readLabels(options.labels))
  const sliced = options.rows === undefined ? labelled : rows(labelled, options.rows)
  return options.normalize === undefined ? sliced : normalize(sliced, options.normalize)
}

async function openerFor(path: string, options: DataFileOptions): Promise<Opener> {
  const file = isUrl(path) ? new URL(path).pathname : path
  const extension = /\.[^./\\]+$/.exec(file)?.[0].toLowerCase()
  if (!isUrl(path) && (await isFolder(path))) return folder(path, options)
  const format = formats[extension ?? '']
  if (format !== undefined) return format(path, options)
  if (!isUrl(path) && !(await exists(path)))
    throw dataError(path, 'no such file or folder', supported, 'Check the path')
  throw dataError(path, extension ?? 'no file extension', supported, 'Convert the samples to one of these')
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  )

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
