import { dirname } from 'node:path'
import type { CommandName } from '../command-line/load-command.ts'
import { didYouMean } from '../command-line/nearest.ts'
import { checkValue } from './check-value.ts'
import type { CheckedValue } from './check-value.ts'
import { configError } from './config-error.ts'
import type { ConfigurableOptions } from './configurable-options.ts'

/** What a config file sets for one command, by the names of options. */
export type CommandSettings = ReadonlyMap<string, CheckedValue>

/**
 * Checks all that a config file says, and gives what it says for one command: what stands under its name goes before what
 * stands at the top level.
 *
 * @throws UsageError naming file and key for a key or a value that is not known.
 */
export function checkConfig(
  content: unknown,
  path: string,
  command: CommandName,
  options: ConfigurableOptions,
): CommandSettings {
  const shared = new Map<string, CheckedValue>()
  const own = new Map<string, CheckedValue>()
  const everyName = [...new Set([...options.values()].flatMap((each) => [...each.keys()]))]
  for (const [key, value] of entriesOf(`${path}`, content)) {
    const section = options.get(key as CommandName)
    if (section !== undefined) {
      const checked = checkSection(`${path}: ${key}`, section, value, dirname(path))
      if (key === command) for (const [name, each] of checked) own.set(name, each)
      continue
    }
    const owners = [...options].filter(([, each]) => each.has(key))
    if (owners.length === 0) throw unknownKey(`${path}: ${key}`, key, [...options.keys(), ...everyName])
    for (const [owner, each] of owners) {
      const checked = checkValue(`${path}: ${key}`, each.get(key)!, value, dirname(path))
      if (owner === command) shared.set(key, checked)
    }
  }
  return new Map([...shared, ...own])
}

function checkSection(
  subject: string,
  options: ReadonlyMap<string, Parameters<typeof checkValue>[1]>,
  content: unknown,
  folder: string,
): CommandSettings {
  const entries = entriesOf(subject, content).map(([key, value]) => {
    const option = options.get(key)
    if (option === undefined) throw unknownKey(`${subject}.${key}`, key, [...options.keys()])
    return [key, checkValue(`${subject}.${key}`, option, value, folder)] as const
  })
  return new Map(entries)
}

function entriesOf(subject: string, content: unknown): readonly (readonly [string, unknown])[] {
  const isRecord = typeof content === 'object' && content !== null && !Array.isArray(content)
  if (isRecord) return Object.entries(content).filter(([, value]) => value !== undefined)
  throw configError({ subject, found: JSON.stringify(content) ?? typeof content, expected: 'an object' })
}

function unknownKey(subject: string, key: string, known: readonly string[]) {
  const nextStep = didYouMean(key, known)
  return configError({
    ...{ subject, found: 'an unknown key', expected: `one of ${known.join(', ')}` },
    ...(nextStep === undefined ? {} : { nextStep }),
  })
}
