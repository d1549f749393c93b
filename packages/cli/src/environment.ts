import { openSync, readSync } from 'node:fs'
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { QuantrxError } from '@quantrx/core'
import type { ByteSource } from '@quantrx/tflite'
import { nodeWorkers } from './sample-workers/start-workers.ts'
import type { WorkerSource } from './sample-workers/start-workers.ts'

/** The file operations the command line needs; injected so that failures such as a full disk can be tested. */
export interface FileSystem {
  readFile(path: string): Promise<Uint8Array>
  /** Size of a file in bytes. */
  size(path: string): Promise<number>
  /** Opens a file to read it in parts, as long as the process lives. */
  open(path: string, byteLength: number): ByteSource
  /** Writes a file of one or many parts. */
  writeFile(path: string, content: Uint8Array | Iterable<Uint8Array>): Promise<void>
  rename(from: string, to: string): Promise<void>
  remove(path: string): Promise<void>
}

/** Everything of the outside world that a command touches. */
export interface Environment {
  /** Receives results: text for people, or one JSON document. */
  readonly stdout: (text: string) => void
  /** Receives messages and progress. */
  readonly stderr: (text: string) => void
  /** True when stderr is a terminal, on which progress can be drawn. */
  readonly interactive: boolean
  readonly files: FileSystem
  readonly workers: WorkerSource
  /** Aborts the running command; what it has begun to write is removed. */
  readonly signal: AbortSignal
}

/** The real file system. */
export const nodeFiles: FileSystem = {
  readFile: (path) => readFile(path),
  size: async (path) => (await stat(path)).size,
  open: openInParts,
  writeFile: (path, content) => writeFile(path, content),
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { force: true }),
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

/** The environment of this process; Ctrl-C and termination abort its signal. */
export function processEnvironment(): Environment {
  const abort = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => abort.abort(new Error(`interrupted by ${name}`)))
  }
  return {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    interactive: process.stderr.isTTY === true,
    files: nodeFiles,
    workers: nodeWorkers,
    signal: abort.signal,
  }
}
