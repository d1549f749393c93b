import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundle, gzipBytes } from '@quantrx/testing'
import { eagerFunctionsPlugin } from '../eager-functions/bundle-plugin.ts'
import type { WorkspacePackage } from '../packages.ts'

/**
 * How large the code of a package may become: for each entry, for what is imported (`*` is everything, otherwise names with
 * commas between them), bytes of minified code after gzip. Stands beside the package as `size-budget.json`.
 */
export type SizeBudget = Readonly<Record<string, Readonly<Record<string, number>>>>

/** What an import costs. */
export interface ImportSize {
  /** What is imported, such as `minMax from @quantrx/observers`. */
  readonly name: string
  /** Bytes that are loaded in any case, minified. */
  readonly minified: number
  /** The same after gzip. */
  readonly gzip: number
  /** Bytes after gzip that are loaded when they are needed. */
  readonly onDemand: number
  /** The most that `gzip` may be. */
  readonly budget: number
}

/**
 * The budget of a package, one for each of its entries at least.
 *
 * @throws Error naming the file when it is missing, and the entry that it lacks or that does not exist.
 */
export function sizeBudget({ folder, manifest }: WorkspacePackage): SizeBudget {
  const path = join(folder, 'size-budget.json')
  if (!existsSync(path)) throw new Error(`${path} is missing: say how large the code may become`)
  const budget = JSON.parse(readFileSync(path, 'utf8')) as SizeBudget
  const entries = Object.keys(manifest.exports).filter((key) => key !== './package.json')
  const lacking = entries.find((key) => budget[key]?.['*'] === undefined)
  if (lacking !== undefined) throw new Error(`${path} says nothing of "*" of "${lacking}"`)
  const unknown = Object.keys(budget).find((key) => !entries.includes(key))
  if (unknown !== undefined)
    throw new Error(`${path} speaks of "${unknown}", which the package does not have`)
  return budget
}

const plugins = [eagerFunctionsPlugin()]

/**
 * Bundles everything that the budget of a package is about. Packages of quantrx and the libraries that they bring along are
 * counted; peer dependencies, which users have themselves, and what Node brings along are not.
 */
export async function importSizes(target: WorkspacePackage): Promise<readonly ImportSize[]> {
  const { name, peerDependencies = {} } = target.manifest
  const sizes: ImportSize[] = []
  for (const [entry, budgets] of Object.entries(sizeBudget(target))) {
    for (const [names, budget] of Object.entries(budgets)) {
      const from = name + entry.slice(1)
      const code = `export ${names === '*' ? '*' : `{ ${names} }`} from '${from}'`
      const files = await bundle({ code, external: Object.keys(peerDependencies), plugins })
      const always = files.filter((file) => file.always)
      sizes.push({
        name: `${names} from ${from}`,
        minified: always.reduce((total, file) => total + Buffer.byteLength(file.code), 0),
        gzip: gzipBytes(always),
        onDemand: gzipBytes(files.filter((file) => !file.always)),
        budget,
      })
    }
  }
  return sizes
}
