import type { CommandDefinition } from '../command.ts'
import type { loaders } from '../commands/index.ts'

type Loaders = typeof loaders

/** What is written in a config file for an option of a type: numbers and booleans as they are, the rest as on the command line. */
type Written<Value> = Value extends boolean | number | string ? Value : string

/** The options of a command in a config file. */
type CommandConfig<Definition> =
  Definition extends CommandDefinition<infer Options>
    ? {
        readonly [Name in keyof Options as Exclude<Name, 'json'>]?: Written<NonNullable<Options[Name]>>
      }
    : never

type CommandConfigs = {
  readonly [Name in keyof Loaders]: CommandConfig<DefinitionIn<Awaited<ReturnType<Loaders[Name]>>, Name>>
}

/** A module exports the definition that it is named after. */
type DefinitionIn<Module, Name> = Name extends keyof Module ? Module[Name] : never

type KeyOf<Union> = Union extends unknown ? keyof Union : never
type ValueOf<Union, Key extends PropertyKey> = Union extends unknown
  ? Key extends keyof Union
    ? Union[Key]
    : never
  : never

/** Every option of any command. */
type SharedConfig = {
  readonly [Name in KeyOf<CommandConfigs[keyof CommandConfigs]>]?: NonNullable<
    ValueOf<CommandConfigs[keyof CommandConfigs], Name>
  >
}

/**
 * Defaults for the options of commands, as a `quantrx.config.js` exports them: by the name of a command those of that command,
 * at the top level those of every command that has the option. Names are those of the long options in camel case; paths are
 * relative to the config file.
 */
export type Config = SharedConfig & { readonly [Name in keyof CommandConfigs]?: CommandConfigs[Name] }

/**
 * Returns what it is given, checked in types: editors complete and explain what a config file says.
 *
 * @example
 * export default defineConfig({ data: 'calibration.arrow', quantize: { observer: 'mse', samples: 500 } })
 */
export const defineConfig = (config: Config): Config => config
