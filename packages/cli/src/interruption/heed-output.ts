import { DataError } from '@quantrx/core'

/** What of a process writing has to do with. */
export interface WritingProcess {
  readonly stdout: FailingStream
  readonly stderr: FailingStream
  exitCode?: number | string | null | undefined
}

interface FailingStream {
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown
  write(text: string): unknown
}

/** Why a command was stopped that nobody hears any more: the reason of an environment's aborted signal. It has been told. */
export class OutputFailure extends Error {
  override readonly name = 'OutputFailure'
  readonly exitCode: 1 | 141

  constructor(error: NodeJS.ErrnoException) {
    super(describe(error))
    this.exitCode = error.code === 'EPIPE' ? 141 : 1
  }
}

/** What the latest command does when its results cannot be written, by the stream that takes them: streams tell it late. */
const latest = new WeakMap<FailingStream, (reason: OutputFailure) => void>()

/**
 * Stops a command whose results cannot be written, which streams tell after the fact, even when the command has ended. A reader that
 * has seen enough, such as `head`, ends it without a word, as SIGPIPE ends other programs; all else is told on stderr.
 * Messages that nobody reads are no reason to stop. Of several commands of one process, one after the other, the latest is stopped.
 */
export function heedOutput(process: WritingProcess, stop: (reason: OutputFailure) => void): void {
  const { stdout, stderr } = process
  const isHeeded = latest.has(stdout)
  latest.set(stdout, stop)
  if (isHeeded) return
  let failed = false
  stderr.on('error', () => undefined)
  stdout.on('error', (error) => {
    if (failed) return
    failed = true
    const failure = new OutputFailure(error)
    if (failure.exitCode === 1) stderr.write(`quantrx: ${failure.message}\n`)
    process.exitCode = failure.exitCode
    latest.get(stdout)?.(failure)
  })
}

function describe(error: NodeJS.ErrnoException): string {
  return new DataError({
    stage: 'command',
    subject: 'stdout',
    found: error.message,
    expected: 'output that can be written',
    nextStep: 'Free some space, or send the output elsewhere',
  }).message
}
