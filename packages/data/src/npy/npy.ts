import { viewBytes } from '@quantrx/core'
import type { Opener, Sample, Tensor } from '@quantrx/core'
import { byteSource } from '../byte-source.ts'
import type { ByteSource } from '../byte-source.ts'
import { checkNpyLength, npyDataStart, npyHeader, npyPrefixLength, npyRowBytes } from './header.ts'
import type { NpyHeader } from './header.ts'

/** Rows are read in pieces of about this many bytes, whatever the size of the file. */
const chunkBytes = 1 << 20

/**
 * An opener for the rows of a `.npy` array: each element of the first dimension is a sample, its tensor in the shape of the
 * other dimensions. Read in pieces of about a megabyte, so memory does not grow with the file.
 *
 * Errors: `DataError` for a file that is no `.npy`, is cut short, or holds types that cannot be samples.
 *
 * @example
 * samples(npy(new Uint8Array(await response.arrayBuffer())))
 */
export function npy(source: Uint8Array | Blob): Opener {
  return npyRows(() => byteSource('.npy data', source))
}

/**
 * An opener for the rows of a `.npy` array in a source that `openSource` opens anew for each reading; see {@link npy}. The
 * source is closed at the end, on errors, and when reading stops early.
 */
export function npyRows(openSource: (signal: AbortSignal) => ByteSource | Promise<ByteSource>): Opener {
  return async function* (signal) {
    const source = await openSource(signal)
    try {
      signal.throwIfAborted()
      const header = await readHeader(source)
      checkNpyLength(source.name, header, source.size)
      yield* rowsOf(source, header, signal)
    } finally {
      await source.close?.()
    }
  }
}

async function readHeader(source: ByteSource): Promise<NpyHeader> {
  const prefix = await source.read(0, Math.min(npyPrefixLength, source.size))
  const dataStart = npyDataStart(source.name, prefix)
  return npyHeader(source.name, await source.read(0, Math.min(dataStart, source.size)))
}

async function* rowsOf(source: ByteSource, header: NpyHeader, signal: AbortSignal): AsyncGenerator<Sample> {
  const [rows = 0, ...shape] = header.shape
  const rowBytes = npyRowBytes(header)
  const rowsAtOnce = Math.max(1, Math.floor(chunkBytes / Math.max(rowBytes, 1)))
  for (let first = 0; first < rows; first += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, rows - first)
    const start = header.dataStart + first * rowBytes
    const chunk = await source.read(start, start + count * rowBytes)
    for (let row = 0; row < count; row++) {
      signal.throwIfAborted()
      yield {
        index: first + row,
        inputs: [rowTensor(header, shape, chunk.subarray(row * rowBytes, (row + 1) * rowBytes))],
      }
    }
  }
}

/** Models take float32, so float64 is rounded here; everything else is a view on the chunk. */
function rowTensor({ type }: NpyHeader, shape: readonly number[], bytes: Uint8Array): Tensor {
  const data = viewBytes(type, bytes)
  return type === 'float64'
    ? { type: 'float32', shape, data: Float32Array.from(data as Float64Array) }
    : ({ type, shape, data } as Tensor)
}
