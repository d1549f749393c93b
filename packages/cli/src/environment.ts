import type { ConfigFacts } from './config/config-facts.ts'
import type { FileSystem } from './files/file-system.ts'
import { nodeFiles, removeUnfinished } from './files/node-files.ts'
import { heedOutput } from './interruption/heed-output.ts'
import { heedSignals } from './interruption/heed-signals.ts'
import { nodeWorkers } from './sample-workers/start-workers.ts'
import type { WorkerSource } from './sample-workers/start-workers.ts'
import { surfaceOf } from './terminal/surface.ts'
import type { Surface } from './terminal/surface.ts'

export type { FileSystem } from './files/file-system.ts'
export { nodeFiles } from './files/node-files.ts'

/** Everything of the outside world that a command touches. */
export interface Environment {
  /** Receives results: text for people, or one JSON document. */
  readonly stdout: (text: string) => void
  /** Receives messages and progress. */
  readonly stderr: (text: string) => void
  /** True when stderr is a terminal, on which progress can be drawn. */
  readonly interactive: boolean
  /** What stdout is for text. */
  readonly output: Surface
  /** What stderr is for text. */
  readonly messages: Surface
  /** Where a config file is looked for. */
  readonly folder: string
  readonly files: FileSystem
  readonly workers: WorkerSource
  /** Aborts the running command; what it has begun to write is removed. */
  readonly signal: AbortSignal
  /** Called when the command has ended. */
  readonly release?: () => void
  /** Ends the process at once: called when a command that was stopped does not end by itself. */
  readonly kill?: () => void
  /** What the running command has taken from a config file; undefined where nothing. */
  readonly config?: () => ConfigFacts | undefined
}

/** The environment of this process; Ctrl-C, termination and output that cannot be written abort its signal. */
export function processEnvironment(): Environment {
  const { signal, release, stop, kill } = heedSignals(process, removeUnfinished)
  heedOutput(process, stop)
  return {
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    interactive: process.stderr.isTTY === true,
    output: surfaceOf(process.stdout, process.env),
    messages: surfaceOf(process.stderr, process.env),
    folder: process.cwd(),
    files: nodeFiles,
    workers: nodeWorkers,
    ...{ signal, release, kill },
  }
}
