import type { CommandDefinition } from '../command.ts'
import { loaders } from '../commands/index.ts'

/** Names of the commands. */
export type CommandName = keyof typeof loaders

/** All names of commands, in order. */
export const commandNames = Object.keys(loaders) as readonly CommandName[]

/** The definition of a command; with it, the code is loaded that the command needs. */
export async function loadCommand(name: CommandName): Promise<CommandDefinition> {
  const module: Readonly<Partial<Record<CommandName, CommandDefinition>>> = await loaders[name]()
  return module[name]!
}
