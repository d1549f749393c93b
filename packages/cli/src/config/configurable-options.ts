import { Command } from 'commander'
import type { Option } from 'commander'
import { commandNames, loadCommand } from '../command-line/load-command.ts'
import type { CommandName } from '../command-line/load-command.ts'
import type { Environment } from '../environment.ts'

/** The options of each command that a config file can set, by their names there. */
export type ConfigurableOptions = ReadonlyMap<CommandName, ReadonlyMap<string, Option>>

/** Asks every command for its options. */
export async function configurableOptions(environment: Environment): Promise<ConfigurableOptions> {
  const all = new Map<CommandName, ReadonlyMap<string, Option>>()
  for (const name of commandNames) {
    const command = new Command(name)
    const definition = await loadCommand(name)
    definition.define(command, environment)
    all.set(name, new Map(command.options.map((option) => [option.attributeName(), option])))
  }
  return all
}
