import { join } from 'node:path'
import type { WorkspacePackage } from '../packages.ts'

/** An entry of a package, which users import, and the file that says what it gives them. */
export interface ApiEntry {
  /** What users import, such as `@quantrx/data/node`. */
  readonly specifier: string
  readonly packageFolder: string
  /** The `.d.ts` file that describes the entry. */
  readonly declarations: string
  /** The file in the repository that holds the report. */
  readonly report: string
}

/**
 * The entries of a package that have declarations, in the order of its `exports`. Reports are called as what is imported, without
 * the scope: `data.api.md` and `data-node.api.md`.
 */
export function apiEntries({ folder, manifest }: WorkspacePackage): readonly ApiEntry[] {
  return Object.entries(manifest.exports).flatMap(([key, conditions]) => {
    const types = declarationsOf(conditions)
    if (types === undefined) return []
    const specifier = manifest.name + key.slice(1)
    const name = specifier.replace(/^@[^/]+\//, '').replaceAll('/', '-')
    return [
      {
        specifier,
        packageFolder: folder,
        declarations: join(folder, types),
        report: join(folder, 'api', `${name}.api.md`),
      },
    ]
  })
}

function declarationsOf(conditions: unknown): string | undefined {
  if (typeof conditions !== 'object' || conditions === null || !('types' in conditions)) return undefined
  return typeof conditions.types === 'string' ? conditions.types : undefined
}
