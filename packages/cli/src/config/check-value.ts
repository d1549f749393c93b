import { resolve } from 'node:path'
import { isQuantrxError } from '@quantrx/core'
import { CommanderError } from 'commander'
import type { Option } from 'commander'
import { isPath } from '../command-line/option-values.ts'
import { didYouMean } from '../command-line/nearest.ts'
import { configError } from './config-error.ts'

/** A value of a config file, as it is written and as a command takes it. */
export interface CheckedValue {
  readonly written: string | number | boolean
  readonly value: unknown
}

/**
 * Checks a value of a config file against its option, by the rules of the command line, and makes paths absolute.
 *
 * @param folder Folder of the config file.
 * @throws UsageError naming `subject` for a value of the wrong type, or one that the option does not take.
 */
export function checkValue(subject: string, option: Option, value: unknown, folder: string): CheckedValue {
  if (!option.required && !option.optional) {
    if (typeof value !== 'boolean') throw wrong(subject, value, 'true or false')
    return { written: value, value }
  }
  if (option.argChoices !== undefined) return chosen(subject, option.argChoices, value)
  const numeric = option.parseArg !== undefined
  if (typeof value !== 'string' && !(numeric && typeof value === 'number')) {
    throw wrong(subject, value, numeric ? 'a number or text' : 'text')
  }
  const written = typeof value === 'string' && isPath(option, value) ? resolve(folder, value) : value
  return { written, value: parsed(subject, option, written) }
}

function chosen(subject: string, choices: readonly string[], value: unknown): CheckedValue {
  if (typeof value === 'string' && choices.includes(value)) return { written: value, value }
  const meant = typeof value === 'string' ? didYouMean(value, choices) : undefined
  throw wrong(subject, value, `one of ${choices.join(', ')}`, meant)
}

function parsed(subject: string, option: Option, written: string | number): unknown {
  if (option.parseArg === undefined) return written
  try {
    return option.parseArg(String(written), undefined)
  } catch (error) {
    if (error instanceof CommanderError) {
      throw wrong(subject, written, error.message.replace(/^Expected /, '').replace(/\.$/, ''))
    }
    if (isQuantrxError(error)) throw wrong(subject, written, error.expected, error.nextStep)
    throw error
  }
}

function wrong(subject: string, value: unknown, expected: string, nextStep?: string) {
  const found = JSON.stringify(value) ?? typeof value
  return configError({ subject, found, expected, ...(nextStep === undefined ? {} : { nextStep }) })
}
