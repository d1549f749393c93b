import type { Opener } from '@quantrx/core'
import type { ArrowColumns } from '../arrow-format/columns.ts'
import { sharpDecoder } from '../images/sharp-decoder.ts'
import { npyRows } from '../npy/npy.ts'
import { npzRows } from '../npz/npz.ts'
import type { NpzArrays } from '../npz/npz.ts'
import type { ParquetOptions } from '../parquet-format/read.ts'
import { fileSource } from './file-source.ts'
import { arrowSupport, parquetSupport } from './optional-packages.ts'

/**
 * An opener for the rows of a `.npy` file; see `npy`. The file is read in pieces and closed at the end, on errors, and when
 * reading stops early.
 *
 * @example
 * samples(npyFile('pixels.npy'))
 */
export function npyFile(path: string): Opener {
  return npyRows(() => fileSource(path))
}

/**
 * An opener for the rows of an Arrow IPC file or stream on disk; see `arrow`. Needs the package `apache-arrow`. The file
 * is read batch by batch and closed at the end, on errors, and when reading stops early.
 *
 * @example
 * samples(arrowFile('samples.arrow', { label: 'class' }))
 */
export function arrowFile(path: string, columns: ArrowColumns = {}): Opener {
  return async function* (signal) {
    const { arrowRows } = await arrowSupport(path)
    yield* arrowRows(() => fileSource(path), columns)(signal)
  }
}

/**
 * An opener for the rows of a Parquet file on disk; see `parquet`. Needs the packages `hyparquet` and `hyparquet-compressors`, and
 * `sharp` for images.
 *
 * @example
 * samples(parquetFile('train.parquet', { target: { shape: [1, 32, 32, 3], type: 'float32' } }))
 */
export function parquetFile(path: string, options: ParquetOptions = {}): Opener {
  return async function* (signal) {
    const { parquetRows } = await parquetSupport(path)
    yield* parquetRows(() => fileSource(path), { imageDecoder: sharpDecoder, ...options })(signal)
  }
}

/**
 * An opener for the rows of the arrays in a `.npz` file on disk; see `npz`.
 *
 * @example
 * samples(npzFile('samples.npz', { inputs: ['x'], label: 'y' }))
 */
export function npzFile(path: string, arrays: NpzArrays = {}): Opener {
  return npzRows(() => fileSource(path), arrays)
}
