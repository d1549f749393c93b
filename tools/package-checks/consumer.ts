import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withDependencies } from '../packages.ts'
import type { WorkspacePackage } from '../packages.ts'
import { run } from './checks.ts'

/** The tarball of every published package. */
export type Tarballs = ReadonlyMap<WorkspacePackage, string>

/** Packs a package as npm would publish it; gives the path of the tarball. */
export async function pack({ folder }: WorkspacePackage, into: string): Promise<string> {
  const told = await run('npm', ['pack', '--json', '--pack-destination', into], folder)
  const [{ filename }] = JSON.parse(told) as [{ filename: string }]
  return join(into, filename)
}

/** Makes an empty project in a folder. */
export function emptyProject(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const manifest = { name: 'consumer', private: true, type: 'module' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
}

/**
 * Installs packages into a project: ours from their tarballs with those that they depend on, all others from the registry, or from
 * npm's cache where they are in it.
 *
 * @param names Names of packages, with or without a range of versions: `rxjs@^7.2.0`.
 */
export async function install(folder: string, names: readonly string[], tarballs: Tarballs): Promise<void> {
  const all = [...tarballs.keys()]
  const ours = new Map(all.map((each) => [each.manifest.name, each]))
  const needed = new Set(
    names.flatMap((name) => {
      const own = ours.get(name)
      return own === undefined ? [name] : withDependencies(own, all).map((each) => tarballs.get(each)!)
    }),
  )
  const quick = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline']
  await run('npm', ['install', ...quick, ...needed], folder)
}
