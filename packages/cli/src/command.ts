import type { Command } from 'commander'
import type { Environment } from './environment.ts'

/** One command of the command line; one file of `commands/` each. */
export interface CommandDefinition {
  readonly name: string
  readonly description: string
  /** Adds arguments, options and the action to the command. */
  define(command: Command, environment: Environment): void
}
