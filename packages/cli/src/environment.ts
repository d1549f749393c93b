import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { nodeWorkers } from './sample-workers/start-workers.ts'
import type { WorkerSource } from './sample-workers/start-workers.ts'

/** The file operations the command line needs; injected so that failures such as a full disk can be tested. */
export interface FileSystem {
  readFile(path: string): Promise<Uint8Array>
  writeFile(path: string, bytes: Uint8Array): Promise<void>
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
  writeFile: (path, bytes) => writeFile(path, bytes),
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { force: true }),
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
