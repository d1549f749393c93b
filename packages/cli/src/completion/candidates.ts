import type { Argument, Command, Option } from 'commander'
import { fileExtensions, optionValues } from '../command-line/option-values.ts'

/** What is typed so far: the word under the cursor, up to it, and the words before. */
export interface Question {
  readonly current: string
  /** Without the program's name. */
  readonly before: readonly string[]
}

/** One way to go on. */
export interface Candidate {
  readonly value: string
  readonly description: string
}

/** All ways to go on that are known, and whether paths are among them. */
export interface Candidates {
  readonly values: readonly Candidate[]
  /** Extensions of the files; empty for all files, undefined where there is no path. */
  readonly files: readonly string[] | undefined
}

const nothing: Candidates = { values: [], files: undefined }

/** What can stand in place of the word under the cursor. `command` is the command of the line; without options where there is none yet. */
export function candidates(question: Question, program: Command, command: Command): Candidates {
  const { current, before } = question
  const options = [...command.options, ...program.options]
  const assigned = /^(--[^=]+)=(.*)$/s.exec(current)
  if (assigned !== null) {
    const [, name = '', typed = ''] = assigned
    return valuesOf(optionNamed(options, name), typed, `${name}=`)
  }
  const asked = optionNamed(options, before.at(-1) ?? '')
  if (asked?.required === true) return valuesOf(asked, current, '')
  if (current.startsWith('-'))
    return { values: matching(optionCandidates(options, before), current), files: undefined }
  if (command.name() === '')
    return { values: matching(commandCandidates(program), current), files: undefined }
  return argumentValues(command, positionOf(before, options), current)
}

const optionNamed = (options: readonly Option[], name: string): Option | undefined =>
  options.find(({ long, short }) => long === name || short === name)

function matching(values: readonly Candidate[], current: string): readonly Candidate[] {
  return values.filter(({ value }) => value.startsWith(current))
}

function commandCandidates(program: Command): readonly Candidate[] {
  return [...program.commands.map((each) => each.name()), 'help'].map((value) => ({
    value,
    description: 'command',
  }))
}

/** Options that are not given yet. */
function optionCandidates(options: readonly Option[], before: readonly string[]): readonly Candidate[] {
  return [...options.map(({ long, description }) => ({ value: long ?? '', description })), help].filter(
    ({ value }) => value !== '' && !before.some((word) => word === value || word.startsWith(`${value}=`)),
  )
}

const help: Candidate = { value: '--help', description: 'display help for command' }

/** The values of an option; of a list, those of its last part. */
function valuesOf(option: Option | undefined, typed: string, prefix: string): Candidates {
  const values = option === undefined ? undefined : optionValues(option)
  if (values === undefined) return nothing
  const start = values.list ? typed.slice(0, typed.lastIndexOf(',') + 1) : ''
  const given = start.split(',')
  const known = values.known
    .filter((value) => !given.includes(value))
    .map((value) => ({ value: `${prefix}${start}${value}`, description: '' }))
  return { values: matching(known, `${prefix}${typed}`), files: values.files }
}

/** How many arguments that are no options stand before the cursor, the command included. */
function positionOf(before: readonly string[], options: readonly Option[]): number {
  const takesNext = (word: string): boolean => optionNamed(options, word)?.required === true
  return before.filter((word, at) => !word.startsWith('-') && !takesNext(before[at - 1] ?? '')).length
}

function argumentValues(command: Command, position: number, current: string): Candidates {
  const argument: Argument | undefined = command.registeredArguments[position - 1]
  if (argument === undefined) return nothing
  const known = (argument.argChoices ?? []).map((value) => ({ value, description: argument.description }))
  return { values: matching(known, current), files: fileExtensions(`<${argument.name()}>`) }
}
