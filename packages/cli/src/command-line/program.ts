import { Command, Option } from 'commander'
import type { CommandDefinition } from '../command.ts'
import { useConfig } from '../config/use-config.ts'
import type { Environment } from '../environment.ts'
import { paint } from '../terminal/paint.ts'
import { describeExamples } from './examples.ts'
import { commandNames, loadCommand } from './load-command.ts'
import type { CommandName } from './load-command.ts'
import { packageVersion } from './version.ts'

/**
 * The command line. Of all commands it knows the names; what a command can do is loaded only for those in `loaded`, since it
 * takes long.
 */
export async function commandLine(
  given: Environment,
  loaded: readonly CommandName[],
): Promise<{ readonly program: Command; readonly environment: Environment }> {
  const program = newProgram(given)
  const config = useConfig(program, given)
  const environment = { ...given, config: config.facts }
  const definitions = new Map<CommandName, CommandDefinition>()
  for (const name of loaded) definitions.set(name, await loadCommand(name))
  for (const name of commandNames) {
    const command = program.command(name)
    const definition = definitions.get(name)
    if (definition !== undefined) addCommand(command, definition, environment)
  }
  return { program, environment }
}

/** The commands that have to be loaded for what was typed: those that are named; for help on all of them, all. */
export function commandsFor(argv: readonly string[]): readonly CommandName[] {
  const named = commandNames.filter((name) => argv.includes(name))
  if (named.length > 0) return named
  const general = argv.every((word) => word === 'help' || word === '--help' || word === '-h')
  return general ? commandNames : []
}

function newProgram(environment: Environment): Command {
  const { output, messages, stdout, stderr } = environment
  return new Command('quantrx')
    .description('Turns a float .tflite model into an integer one, runs it, and says what it cost.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .addOption(
      new Option(
        '--config <file>',
        'take options from this file (default: quantrx.config.{js,mjs,json,ts} of this folder, if there)',
      ),
    )
    .option('--no-config', 'take options from no file')
    .option('--no-color', 'print without colours, on terminals too')
    .option('--verbose', 'tell what was taken from the config file, and where failures come from')
    .exitOverride()
    .configureOutput({
      ...{ writeOut: stdout, writeErr: stderr },
      ...{ getOutHasColors: () => output.color, getErrHasColors: () => messages.color },
      ...{ getOutHelpWidth: () => output.columns ?? 100, getErrHelpWidth: () => messages.columns ?? 100 },
    })
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (text) => paint({ color: true }, 'heading', text),
      styleCommandText: (text) => paint({ color: true }, 'command', text),
      styleSubcommandText: (text) => paint({ color: true }, 'command', text),
      styleOptionText: (text) => paint({ color: true }, 'option', text),
    })
    .showHelpAfterError('(add --help for the options)')
}

function addCommand(command: Command, definition: CommandDefinition, environment: Environment): void {
  command.description(definition.description).option('--json', 'print one JSON document on stdout')
  definition.define(command, environment)
  command.addHelpText('after', ({ error }) =>
    describeExamples(definition.examples, error ? environment.messages : environment.output),
  )
}
