import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import type { Opener } from '@quantrx/core'
import type { ArrowColumns } from '../arrow-format/read.ts'
import { dataError } from '../data-error.ts'
import { npyRows } from '../npy/npy.ts'

/**
 * An opener for the rows of a `.npy` file; see `npy`. The file is read in pieces and closed at the end, on errors, and when
 * reading stops early.
 *
 * @example
 * samples(npyFile('pixels.npy'))
 */
export function npyFile(path: string): Opener {
  return npyRows(async () => {
    const file = await openFile(path)
    const { size } = await file.stat()
    const read = async (start: number, end: number): Promise<Uint8Array> => {
      const bytes = new Uint8Array(end - start)
      await file.read(bytes, 0, bytes.length, start)
      return bytes
    }
    return { name: path, size, read, close: () => file.close() }
  })
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
    yield* arrowRows(async () => {
      const file = await openFile(path)
      try {
        await checkEnd(path, file)
      } catch (error) {
        await file.close()
        throw error
      }
      return { name: path, input: file, close: () => closeOnce(file) }
    }, columns)(signal)
  }
}

/** apache-arrow closes the file itself when it reaches the end. */
async function closeOnce(file: FileHandle): Promise<void> {
  if (file.fd >= 0) await file.close()
}

async function checkEnd(path: string, file: FileHandle): Promise<void> {
  const { checkFileEnd } = await arrowSupport(path)
  const { size } = await file.stat()
  const [head, tail] = [new Uint8Array(8), new Uint8Array(8)]
  await file.read(head, 0, head.length, 0)
  await file.read(tail, 0, tail.length, Math.max(0, size - tail.length))
  checkFileEnd(path, head, tail, size)
}

async function arrowSupport(path: string) {
  try {
    return await import('../arrow-format/read.ts')
  } catch (cause) {
    throw dataError(
      path,
      'no package apache-arrow',
      'it to be installed',
      'Run npm install apache-arrow',
      cause,
    )
  }
}

/** Opens a file for reading. */
export async function openFile(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, 'r')
    if ((await file.stat()).isFile()) return file
    await file.close()
  } catch (cause) {
    const missing = (cause as { code?: string }).code === 'ENOENT'
    throw dataError(path, missing ? 'no such file' : String(cause), 'a data file', 'Check the path', cause)
  }
  throw dataError(path, 'a folder', 'a data file', 'Name a file; folders are not supported yet')
}
