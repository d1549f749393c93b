import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from '@quantrx/core'
import type { CustomOperator, CustomOperators } from '@quantrx/runtime'
import { Option } from 'commander'

/** Option `--custom-operators` of the commands that run models. */
export interface CustomOperatorsOption {
  readonly customOperators?: string
}

/** `--custom-operators`. */
export function customOperatorsOption(): Option {
  return new Option(
    '--custom-operators <file.mjs>',
    'module that exports what runs custom operators, by their names',
  )
}

/**
 * Loads a module that exports custom operators by the names that models call them by: each as an export of its own, or all of
 * them as the properties of its default export.
 *
 * @throws UsageError naming the file, and the export that is no operator.
 *
 * @example
 * // operators.mjs: export const Squash = { prepare({ inputs, outputs }) { return () => … } }
 * await loadCustomOperators('operators.mjs')
 */
export async function loadCustomOperators(path: string): Promise<CustomOperators> {
  const { default: all, ...named } = await importedFrom(path)
  const exported = typeof all === 'object' && all !== null ? { ...named, ...all } : named
  const operators = Object.entries(exported)
  if (operators.length === 0) throw malformed(path, 'a module that exports no operators')
  for (const [name, operator] of operators) {
    if (!isOperator(operator)) throw malformed(`${path}, ${name}`, describe(operator))
  }
  return Object.fromEntries(operators) as CustomOperators
}

/**
 * The custom operators that options name, for programs.
 *
 * @throws UsageError for a module that exports none.
 */
export const customOperatorsOf = async ({
  customOperators: path,
}: CustomOperatorsOption): Promise<{ readonly customOperators?: CustomOperators }> =>
  path === undefined ? {} : { customOperators: await loadCustomOperators(path) }

async function importedFrom(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(resolve(path)).href)) as Readonly<Record<string, unknown>>
  } catch (cause) {
    throw malformed(
      path,
      `a module that cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`,
      cause,
    )
  }
}

function isOperator(value: unknown): value is CustomOperator {
  const { prepare, outputShapes } = (value ?? {}) as Readonly<Record<string, unknown>>
  return typeof prepare === 'function' && (outputShapes === undefined || typeof outputShapes === 'function')
}

const describe = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? `properties ${Object.keys(value).join(', ') || 'none'}`
    : typeof value

function malformed(subject: string, found: string, cause?: unknown): UsageError {
  return new UsageError({
    ...{ stage: 'command', subject, found, cause },
    expected: 'operators by name, each { prepare(context), outputShapes?(context) }',
    nextStep: 'Export operators as the README of @quantrx/cli shows',
  })
}
