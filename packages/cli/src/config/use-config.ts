import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { CommandName } from '../command-line/load-command.ts'
import type { Environment } from '../environment.ts'
import type { CommandSettings } from './check-config.ts'
import type { ConfigFacts } from './config-facts.ts'
import { findConfig } from './find-config.ts'

interface ProgramOptions {
  readonly config?: string | false
  readonly verbose?: boolean
}

/** Source of values that come from a config file, for commander. */
const source = 'config'

/**
 * Lets the commands of a program take options from a config file: those that the command line does not give.
 *
 * @returns what the command that ran has taken.
 */
export function useConfig(
  program: Command,
  environment: Environment,
): { readonly facts: () => ConfigFacts | undefined } {
  let facts: ConfigFacts | undefined
  let settings: CommandSettings = new Map()
  let path: string | undefined
  program.hook('preSubcommand', async (_, command) => {
    const { config } = program.opts<ProgramOptions>()
    if (config === false || asksForHelp(program) || !takesOptions(command)) return
    const { folder } = environment
    path = config === undefined ? await findConfig(folder) : resolve(folder, config)
    if (path === undefined) return
    settings = await settingsFor(path, command.name() as CommandName, environment)
    for (const [name, { value }] of settings) command.setOptionValueWithSource(name, value, source)
  })
  program.hook('preAction', (_, command) => {
    const taken = [...settings].filter(([name]) => command.getOptionValueSource(name) === source)
    if (path === undefined || taken.length === 0) return
    facts = { file: path, options: Object.fromEntries(taken.map(([name, { written }]) => [name, written])) }
    if (program.opts<ProgramOptions>().verbose === true) tell(facts, environment)
  })
  return { facts: () => facts }
}

const asksForHelp = ({ args }: Command): boolean => args.includes('--help') || args.includes('-h')

const takesOptions = ({ options }: Command): boolean => options.some(({ long }) => long !== '--json')

/** Checking takes the options of all commands, which are loaded only now. */
async function settingsFor(
  path: string,
  command: CommandName,
  environment: Environment,
): Promise<CommandSettings> {
  const { loadConfig } = await import('./load-config.ts')
  const { checkConfig } = await import('./check-config.ts')
  const { configurableOptions } = await import('./configurable-options.ts')
  const content = await loadConfig(path, environment)
  return checkConfig(content, path, command, await configurableOptions(environment))
}

function tell({ file, options }: ConfigFacts, { stderr }: Environment): void {
  const taken = Object.entries(options).map(([name, value]) => `${name} ${String(value)}`)
  stderr(`quantrx: from ${file}: ${taken.join(', ')}\n`)
}
