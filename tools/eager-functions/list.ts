import { existsSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { IsEager } from './eager-transformer.ts'

/** Names of outermost functions, for the paths of modules in `src`. */
export type EagerFunctions = Readonly<Record<string, readonly string[]>>

/** Where the list of a package stands. */
export const listPath = (packageFolder: string): string => join(packageFolder, 'eager-functions.json')

/** What stands in its file. */
export const renderList = (list: EagerFunctions): string => `${JSON.stringify(list, null, 2)}\n`

/** The list of a package, empty when it has none. */
export function eagerFunctionsOf(packageFolder: string): EagerFunctions {
  const path = listPath(packageFolder)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as EagerFunctions) : {}
}

/** Tells for modules of a package by their absolute paths. */
export function isEagerIn(packageFolder: string): IsEager {
  const list = new Map(
    Object.entries(eagerFunctionsOf(packageFolder)).map(([path, names]) => [path, new Set(names)]),
  )
  return (path, name) =>
    list.get(relative(join(packageFolder, 'src'), path).split(sep).join('/'))?.has(name) ?? false
}
