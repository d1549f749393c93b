import type { Command } from 'commander'
import type { Environment } from './environment.ts'

/** How a command is used, for its help; a test runs every example. */
export interface Example {
  /** What it does, in the imperative. */
  readonly does: string
  /** What is typed after `quantrx`. */
  readonly line: string
}

/**
 * One command of the command line; one file of `commands/` each, of the name of the command.
 *
 * @typeParam Options The options as the action receives them; config files are checked against them in types.
 */
export interface CommandDefinition<Options = unknown> {
  readonly name: string
  readonly description: string
  readonly examples: readonly Example[]
  /** Adds arguments, options and the action to the command. */
  define(command: Command, environment: Environment): void
  /** Stands for the type in types; has no value. */
  readonly options?: Options
}
