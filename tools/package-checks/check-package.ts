import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WorkspacePackage } from '../packages.ts'
import { workspaceRoot } from '../workspace-root.ts'
import { run } from './checks.ts'
import type { Checks } from './checks.ts'
import { emptyProject, install } from './consumer.ts'
import type { Tarballs } from './consumer.ts'
import { readmeExample } from './readme-example.ts'
import { useEntries } from './use-entries.ts'

const bin = join(workspaceRoot, 'node_modules/.bin')
const demo = join(workspaceRoot, 'packages/cli/demo')

/**
 * Checks a package as npm gives it: its tarball, how it installs into an empty project and is used there, and that the example of
 * its README runs with what the README tells to install.
 *
 * @param folder Empty folder of the project.
 */
export async function checkPackage(
  checks: Checks,
  target: WorkspacePackage,
  tarballs: Tarballs,
  folder: string,
): Promise<void> {
  const { name, peerDependencies = {} } = target.manifest
  const tarball = tarballs.get(target)!
  await checks.check(`${name}: publint strict`, () =>
    run(join(bin, 'publint'), ['run', tarball, '--strict'], workspaceRoot),
  )
  await checks.check(`${name}: attw esm-only`, () =>
    run(join(bin, 'attw'), [tarball, '--profile', 'esm-only'], workspaceRoot),
  )
  emptyProject(folder)
  const peers = Object.entries(peerDependencies).map(([peer, range]) => `${peer}@${range}`)
  await checks.check(`${name}: installs with its own tarballs alone`, () =>
    install(folder, [name, ...peers], tarballs),
  )
  const specifiers = Object.keys(target.manifest.exports)
    .filter((key) => key !== './package.json')
    .map((key) => name + key.slice(1))
  await useEntries(checks, folder, specifiers, specifiers.filter(isForBrowsers))
  await checks.check(`${name}: the example of its README runs`, () => runExample(target, tarballs, folder))
}

/** What runs on Node alone says so in its name, but for the command. */
const isForBrowsers = (specifier: string): boolean =>
  specifier !== '@quantrx/cli' && !specifier.endsWith('/node')

async function runExample({ folder: own, manifest }: WorkspacePackage, tarballs: Tarballs, folder: string) {
  const { installs, code, imports } = readmeExample(own)
  const missing = imports.filter((each) => !installs.includes(each))
  if (missing.length > 0) throw new Error(`the README does not tell to install ${missing.join(', ')}`)
  const more = installs.filter(
    (each) => each !== manifest.name && !(each in (manifest.peerDependencies ?? {})),
  )
  if (more.length > 0) await install(folder, more, tarballs)
  for (const file of ['demo.tflite', 'calibration.arrow', 'test.arrow'])
    cpSync(join(demo, file), join(folder, file))
  writeFileSync(join(folder, 'example.mjs'), code)
  return run('node', ['example.mjs'], folder)
}
