import { isQuantrxError } from '@quantrx/core'
import type { Stage } from '@quantrx/core'
import { CommanderError } from 'commander'
import type { Environment } from '../environment.ts'
import { OutputFailure } from '../interruption/heed-output.ts'
import { Interruption, interruptedExitCodes } from '../interruption/interruption.ts'
import { paint } from '../terminal/paint.ts'

/** 0: done; 1: failed; 2: wrong usage; 130: stopped by Ctrl-C; 141: nobody reads the output; 143: stopped by SIGTERM. */
export type ExitCode = 0 | 1 | 2 | 130 | 141 | 143

/** Where options go wrong; elsewhere it is the model or the data that does not suit. */
const usageStages: ReadonlySet<Stage> = new Set(['command', 'observe'])

/** Says why a command has failed, in one line where it is one of the expected reasons, and tells the exit code. */
export function reportFailure(
  error: unknown,
  { stderr, messages, signal }: Pick<Environment, 'stderr' | 'messages' | 'signal'>,
  verbose: boolean,
): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const say = (text: string): void => stderr(`${paint(messages, 'failure', 'quantrx:')} ${text}\n`)
  if (signal.aborted) {
    const { reason } = signal as { readonly reason: unknown }
    if (reason instanceof OutputFailure) return reason.exitCode
    say(`${reason instanceof Error ? reason.message : String(reason)}; no unfinished file is left`)
    return reason instanceof Interruption ? interruptedExitCodes[reason.by] : 1
  }
  if (!isQuantrxError(error)) {
    say(`unexpected failure: ${error instanceof Error ? (error.stack ?? '') : String(error)}`)
    return 1
  }
  say(error.message)
  if (verbose && error.cause !== undefined) say(`because of: ${causeOf(error.cause)}`)
  return error.name === 'UsageError' && usageStages.has(error.stage) ? 2 : 1
}

const causeOf = (cause: unknown): string =>
  cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
