import { isQuantrxError } from '@quantrx/core'
import type { Opener, Sample, Tensor } from '@quantrx/core'
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import type { AsyncBuffer, FileMetaData } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { byteSource } from '../byte-source.ts'
import type { ByteSource } from '../byte-source.ts'
import { dataError } from '../data-error.ts'
import type { FileDecoding } from '../files/decode-file.ts'
import { canvasDecoder } from '../images/canvas-decoder.ts'
import { imageTensor } from '../images/image-tensor.ts'
import { chooseColumns } from './columns.ts'
import type { ChosenColumns, ParquetColumns } from './columns.ts'
import { classOf } from './labels.ts'
import type { LabelNames } from './labels.ts'
import { nestedTensor } from './nested-numbers.ts'
import { rowsAtOnce } from './rows-at-once.ts'

/** What is read of a Parquet file, and what becomes of images in it. */
export interface ParquetOptions extends ParquetColumns, Partial<FileDecoding>, LabelNames {}

/**
 * An opener for the rows of a Parquet file: a column of images (bytes, or Hugging Face's struct of `bytes` and `path`) or of
 * nested lists of numbers, and, where there is one, a column of labels. Images are decoded by the browser unless a decoder is
 * given. Needs the packages `hyparquet` and `hyparquet-compressors`.
 *
 * Errors: `DataError` for damaged files, missing columns (naming those there are), and rows that hold no sample.
 *
 * @example
 * samples(parquet(file, { target: { shape: [1, 32, 32, 3], type: 'float32' } }))
 */
export function parquet(source: Uint8Array | Blob, options: ParquetOptions = {}): Opener {
  return parquetRows(() => byteSource('Parquet data', source), options)
}

/**
 * An opener for the rows of a Parquet source that `openSource` opens anew for each reading; see {@link parquet}. The source is
 * closed at the end, on errors, and when reading stops early.
 *
 * @example
 * samples(parquetRows((signal) => httpSource('https://example.com/train.parquet', signal)))
 */
export function parquetRows(
  openSource: (signal: AbortSignal) => ByteSource | Promise<ByteSource>,
  options: ParquetOptions = {},
): Opener {
  return async function* (signal) {
    const source = await openSource(signal)
    try {
      yield* readRows(source, options, signal)
    } catch (cause) {
      if (signal.aborted || isQuantrxError(cause)) throw cause
      const found = `damaged Parquet data (${cause instanceof Error ? cause.message : String(cause)})`
      throw dataError(source.name, found, 'a Parquet file', 'Get the file again', cause)
    } finally {
      await source.close?.()
    }
  }
}

async function* readRows(
  source: ByteSource,
  options: ParquetOptions,
  signal: AbortSignal,
): AsyncGenerator<Sample> {
  const file = asyncBuffer(source, signal)
  const metadata = await parquetMetadataAsync(file)
  const columns = chooseColumns(source.name, metadata, options)
  const rows = Number(metadata.num_rows)
  const step = rowsAtOnce(metadata, columns.sample.name)
  for (let first = 0; first < rows; first += step) {
    const records = await readRecords(file, metadata, columns, first, Math.min(rows, first + step))
    for (const [at, record] of records.entries()) {
      signal.throwIfAborted()
      yield await sampleOf(source.name, first + at, record, columns, options)
    }
  }
}

const readRecords = (
  file: AsyncBuffer,
  metadata: FileMetaData,
  { sample, label }: ChosenColumns,
  rowStart: number,
  rowEnd: number,
): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  parquetReadObjects({
    ...{ file, metadata, rowStart, rowEnd, compressors, utf8: false, useOffsetIndex: true },
    columns: label === undefined ? [sample.name] : [sample.name, label],
  })

async function sampleOf(
  source: string,
  index: number,
  record: Readonly<Record<string, unknown>>,
  { sample, label }: ChosenColumns,
  options: ParquetOptions,
): Promise<Sample> {
  const subject = `${source}, row ${index}`
  const value = record[sample.name]
  const path = (value as { readonly path?: unknown } | null | undefined)?.path
  const inputs: readonly Tensor[] = [
    sample.kind === 'images'
      ? await imageOf(subject, value, options)
      : nestedTensor(subject, value, options.target?.shape),
  ]
  const known = label === undefined ? undefined : classOf(subject, record[label], options)
  return {
    ...{ index, inputs },
    ...(typeof path === 'string' ? { name: path } : {}),
    ...(known === undefined ? {} : { label: known }),
  }
}

async function imageOf(subject: string, value: unknown, options: ParquetOptions): Promise<Tensor> {
  const { imageDecoder = () => canvasDecoder, target, images } = options
  const bytes: unknown =
    value instanceof Uint8Array ? value : (value as { readonly bytes?: unknown } | null | undefined)?.bytes
  if (bytes instanceof Uint8Array && bytes.length > 0) {
    return imageTensor(subject, bytes, { decoder: await imageDecoder(subject), target, preparation: images })
  }
  throw dataError(subject, 'no bytes', 'an image', 'Embed the images in the file')
}

function asyncBuffer(source: ByteSource, signal: AbortSignal): AsyncBuffer {
  return {
    byteLength: source.size,
    async slice(start, end = source.size) {
      signal.throwIfAborted()
      const bytes = await source.read(Math.max(0, start), Math.min(end, source.size))
      return bytes.slice().buffer
    },
  }
}
