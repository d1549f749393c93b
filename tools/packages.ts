import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { workspaceRoot } from './workspace-root.ts'

/** The parts of a package.json that the checks look at. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
  readonly exports: Readonly<Record<string, unknown>>
  readonly scripts?: Readonly<Record<string, string>>
}

/** A package of the workspace. */
export interface WorkspacePackage {
  readonly folder: string
  readonly manifest: Manifest
}

/** The packages that are published, in alphabetical order of their folders. */
export function publishedPackages(): readonly WorkspacePackage[] {
  const root = join(workspaceRoot, 'packages')
  return readdirSync(root)
    .sort()
    .map((name) => join(root, name))
    .map((folder) => ({
      folder,
      manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest,
    }))
    .filter(({ manifest }) => manifest.private !== true)
}

/** `first` and every workspace package that it depends on, directly or not. */
export function withDependencies(
  first: WorkspacePackage,
  all: readonly WorkspacePackage[],
): readonly WorkspacePackage[] {
  const found = new Set([first])
  for (const current of found) {
    const names = Object.keys({ ...current.manifest.dependencies, ...current.manifest.peerDependencies })
    for (const other of all) if (names.includes(other.manifest.name)) found.add(other)
  }
  return [...found]
}
