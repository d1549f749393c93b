import { openSync, readSync, rmSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { QuantrxError } from '@quantrx/core'
import type { ByteSource } from '@quantrx/tflite'
import type { FileSystem } from './file-system.ts'
import { writeParts } from './write-parts.ts'

/** What has been begun to be written and is not yet where it belongs. */
const unfinished = new Set<string>()

/** The real file system. */
export const nodeFiles: FileSystem = {
  readFile: (path) => readFile(path),
  size: async (path) => (await stat(path)).size,
  open: openInParts,
  async writeFile(path, content) {
    const file = await open(path, 'w')
    unfinished.add(path)
    const write = async (bytes: Uint8Array): Promise<number> => (await file.write(bytes)).bytesWritten
    await writeParts({ write, close: () => file.close() }, ArrayBuffer.isView(content) ? [content] : content)
  },
  async makeFolder(path) {
    await mkdir(path, { recursive: true })
  },
  async rename(from, to) {
    await rename(from, to)
    unfinished.delete(from)
  },
  async remove(path) {
    await rm(path, { force: true })
    unfinished.delete(path)
  },
}

/** Removes at once what is not finished: for a process that has no time left to wait. */
export function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true })
  unfinished.clear()
}

function openInParts(path: string, byteLength: number): ByteSource {
  const file = openSync(path, 'r')
  return {
    byteLength,
    read(start, end) {
      const bytes = new Uint8Array(end - start)
      for (let at = 0; at < bytes.length;) {
        const read = readSync(file, bytes, at, bytes.length - at, start + at)
        if (read === 0) throw shortened(path, start + at, end)
        at += read
      }
      return bytes
    },
  }
}

function shortened(path: string, found: number, expected: number): QuantrxError {
  return new QuantrxError({
    stage: 'command',
    subject: path,
    found: `a file that ends at byte ${found}`,
    expected: `${expected} bytes or more, as before`,
    nextStep: 'Let nothing else write to the file meanwhile',
  })
}
