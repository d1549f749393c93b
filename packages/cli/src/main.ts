import { isQuantrxError } from '@quantrx/core'
import type { Stage } from '@quantrx/core'
import { Command, CommanderError } from 'commander'
import * as commands from './commands/index.ts'
import type { CommandDefinition } from './command.ts'
import { processEnvironment } from './environment.ts'
import type { Environment } from './environment.ts'

/** 0: done; 1: failed; 2: wrong usage. */
export type ExitCode = 0 | 1 | 2

/**
 * Runs the quantrx command line.
 *
 * @param argv The arguments after the program's name, such as `['inspect', 'model.tflite', '--json']`.
 *
 * @example
 * process.exitCode = await main(['inspect', 'model.tflite'])
 */
export async function main(
  argv: readonly string[],
  environment: Environment = processEnvironment(),
): Promise<ExitCode> {
  const program = commandLine(environment)
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return 0
  } catch (error) {
    return report(error, environment)
  }
}

function commandLine(environment: Environment): Command {
  const program = new Command('quantrx')
    .description('Turns a float .tflite model into an integer one, runs it, and says what it cost.')
    .exitOverride()
    .configureOutput({ writeOut: environment.stdout, writeErr: environment.stderr })
    .showHelpAfterError('(add --help for the options)')
  for (const definition of Object.values<CommandDefinition>(commands)) {
    const command = program
      .command(definition.name)
      .description(definition.description)
      .option('--json', 'print one JSON document on stdout')
    definition.define(command, environment)
  }
  return program
}

/** Where options go wrong; elsewhere it is the model or the data that does not suit. */
const usageStages: ReadonlySet<Stage> = new Set(['command', 'observe'])

function report(error: unknown, environment: Environment): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (environment.signal.aborted) {
    environment.stderr(`quantrx: ${String(environment.signal.reason)}; nothing was written\n`)
    return 1
  }
  if (!isQuantrxError(error)) {
    environment.stderr(
      `quantrx: unexpected failure: ${error instanceof Error ? (error.stack ?? '') : String(error)}\n`,
    )
    return 1
  }
  environment.stderr(`quantrx: ${error.message}\n`)
  return error.name === 'UsageError' && usageStages.has(error.stage) ? 2 : 1
}
