import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { apiFolder, workspace } from '../workspace.ts'

/** What users import: a package, or a part of one. */
export interface EntryPoint {
  /** Such as `@quantrx/data/node`. */
  readonly name: string
  /** Its source, as a path from the workspace. */
  readonly source: string
}

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly exports?: Readonly<Record<string, Readonly<Record<string, string>> | string>>
}

/**
 * Every entry of every package that is published, from the `exports` of their manifests; without `quantrx`, whose exports are
 * the other packages.
 */
export function entryPoints(): readonly EntryPoint[] {
  return readdirSync(join(workspace, 'packages')).flatMap((folder) => {
    const path = join(workspace, 'packages', folder, 'package.json')
    const { name, private: hidden, exports = {} } = JSON.parse(readFileSync(path, 'utf8')) as Manifest
    if (hidden === true || name === 'quantrx') return []
    return Object.entries(exports).flatMap(([entry, conditions]) => {
      const source = typeof conditions === 'string' ? undefined : conditions['@quantrx/source']
      return source === undefined
        ? []
        : [{ name: join(name, entry), source: join('packages', folder, source) }]
    })
  })
}

/** The pages of the reference: an entry point has a folder of its own where it has parts. */
export function apiLinks(): readonly { readonly text: string; readonly link: string }[] {
  return entryPoints().map(({ name }) => ({
    text: name,
    link: existsSync(join(apiFolder, `${name}.md`)) ? `/api/${name}` : `/api/${name}/`,
  }))
}
