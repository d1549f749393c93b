import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import type { ByteSource } from '../byte-source.ts'
import { dataError } from '../data-error.ts'

/**
 * Opens a file for reading piece by piece.
 *
 * @throws DataError for a path that is no readable file; while reading, when the file has become shorter.
 */
export async function fileSource(path: string): Promise<ByteSource> {
  const file = await openFile(path)
  try {
    const stat = await file.stat()
    if (!stat.isFile()) {
      throw dataError(path, 'a folder', 'a data file', 'Name a file; folders are not supported yet')
    }
    return {
      name: path,
      size: stat.size,
      read: (start, end) => readPart(path, file, start, end),
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** The error for a path that cannot be read. */
export function unreadable(path: string, expected: string, cause: unknown): Error {
  const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
  return dataError(path, missing ? 'no such file' : String(cause), expected, 'Check the path', cause)
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r')
  } catch (cause) {
    throw unreadable(path, 'a data file', cause)
  }
}

async function readPart(path: string, file: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start)
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled)
    if (bytesRead === 0) {
      const advice = 'The file became shorter while it was read; leave it alone and read it again'
      throw dataError(path, `${start + filled} bytes`, `${end}`, advice)
    }
    filled += bytesRead
  }
  return bytes
}
