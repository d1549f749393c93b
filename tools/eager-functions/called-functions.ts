import { readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { workspaceRoot } from '../workspace-root.ts'
import type { EagerFunctions } from './list.ts'
import { outermostFunctions } from './outermost-function.ts'

/** The parts of what Node writes for `NODE_V8_COVERAGE` that are looked at; the first range of a function is all of it. */
export interface Coverage {
  readonly result: readonly {
    readonly url: string
    readonly functions: readonly {
      readonly ranges: readonly { readonly startOffset: number; readonly count: number }[]
    }[]
  }[]
}

/** What was called, for each package by the name of its folder. */
export type CalledFunctions = Readonly<Record<string, EagerFunctions>>

/** Folder of a package, path in its `src`. */
const sourcePath = /^packages\/([^/]+)\/src\/(.+\.ts)$/

/**
 * The outermost functions of the packages' sources that were called. Node takes types away without moving the code, so places in
 * what it ran are those in the sources.
 */
export function calledFunctions({ result }: Coverage): CalledFunctions {
  const packages: Record<string, Record<string, readonly string[]>> = {}
  for (const { url, functions } of result) {
    if (!url.startsWith('file:')) continue
    const path = fileURLToPath(url)
    const [, folder, module] = sourcePath.exec(relative(workspaceRoot, path).split(sep).join('/')) ?? []
    if (folder === undefined || module === undefined) continue
    const called = functions.flatMap(({ ranges: [all] }) =>
      all !== undefined && all.count > 0 ? [all.startOffset] : [],
    )
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest)
    const names = outermostFunctions(source)
      // Before its parameters, engines let a function start behind `export` and what is generic.
      .filter(({ node }) => called.some((at) => at >= node.getStart(source) && at <= node.parameters.pos))
      .map(({ name }) => name)
    if (names.length > 0) (packages[folder] ??= {})[module] = [...new Set(names)].sort()
  }
  return packages
}

/** What is in most of the lists, in alphabetical order: an eager function that is not called is compiled for nothing. */
export function inMost(lists: readonly EagerFunctions[]): EagerFunctions {
  const isInMost = (module: string, name: string): boolean =>
    lists.filter((list) => list[module]?.includes(name)).length > lists.length / 2
  const modules = [...new Set(lists.flatMap((list) => Object.keys(list)))].sort()
  const entries = modules.map((module) => {
    const names = [...new Set(lists.flatMap((list) => list[module] ?? []))].sort()
    return [module, names.filter((name) => isInMost(module, name))] as const
  })
  return Object.fromEntries(entries.filter(([, names]) => names.length > 0))
}
