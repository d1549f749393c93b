import { Command } from 'commander'
import { commandNames } from '../command-line/load-command.ts'
import type { CommandName } from '../command-line/load-command.ts'
import { commandLine } from '../command-line/program.ts'
import type { Environment } from '../environment.ts'
import { candidates } from './candidates.ts'
import type { Question } from './candidates.ts'

/**
 * Answers a shell that completes a command line: `complete --current=WORD -- WORDS BEFORE IT`. Prints a candidate per line,
 * after a tab what it is; a line `:files .tflite` stands for paths of files with these extensions and of folders.
 */
export async function complete(argv: readonly string[], environment: Environment): Promise<void> {
  const question = questionOf(argv)
  const named = commandNames.find((name) => question.before.includes(name))
  // Descriptions of all commands take long to load; the word of a command is completed without them.
  const loaded: readonly CommandName[] = named === undefined ? [] : [named]
  const { program } = await commandLine(environment, loaded)
  const command = program.commands.find((each) => each.name() === named)
  const { files, values } = candidates(question, program, command ?? new Command())
  const lines = values.map(({ value, description }) => `${value}\t${description}`)
  const paths = files === undefined ? [] : [[':files', ...files].join(' ')]
  environment.stdout([...paths, ...lines].map((line) => `${line}\n`).join(''))
}

function questionOf(argv: readonly string[]): Question {
  const separator = argv.indexOf('--')
  const [flag = ''] = argv.slice(0, separator)
  return { current: flag.replace(/^--current=/, ''), before: separator < 0 ? [] : argv.slice(separator + 1) }
}
