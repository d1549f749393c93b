/**
 * Tries a release in a copy of the repository: versions and changelogs by changesets, then what npm would publish of every
 * package. Publishes nothing, and needs neither a network nor a login. Needs `npm run build` first. Prints a line per check;
 * exits 1 when one fails.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { publishedPackages } from '../packages.ts'
import type { Manifest, WorkspacePackage } from '../packages.ts'
import { workspaceRoot } from '../workspace-root.ts'
import { complaints, dryRunPublish } from './dry-run-publish.ts'

const copy = join(workspaceRoot, '.tmp/release')
let failed = 0

function report(subject: string, wrong: readonly string[]): void {
  if (wrong.length > 0) failed++
  console.log(wrong.length === 0 ? `ok      ${subject}` : `FAILED  ${subject}: ${wrong.join('; ')}`)
}

const inCopy = ({ folder }: WorkspacePackage): string => join(copy, relative(workspaceRoot, folder))
const textIn = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8')

/** What is committed, and what was built of it. */
function copyRepository(packages: readonly WorkspacePackage[]): void {
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(join(copy, '..'), { recursive: true })
  execFileSync('git', ['clone', '--quiet', '--shared', workspaceRoot, copy])
  symlinkSync(join(workspaceRoot, 'node_modules'), join(copy, 'node_modules'))
  for (const each of packages)
    cpSync(join(each.folder, 'dist'), join(inCopy(each), 'dist'), { recursive: true })
  // Right after a release no change waits; the check is to say something then, too.
  writeFileSync(
    join(copy, '.changeset/tried.md'),
    "---\n'@quantrx/core': patch\n---\n\nA release is tried.\n",
  )
}

/** Versions moved, all to the same; changelogs tell of it; who depends on a package accepts its new version. */
function versionComplaints(
  target: WorkspacePackage,
  all: readonly WorkspacePackage[],
  version: string,
): string[] {
  const folder = inCopy(target)
  const manifest = JSON.parse(textIn(folder, 'package.json')) as Manifest
  const names = new Set(all.map(({ manifest: { name } }) => name))
  const ranges = Object.entries(manifest.dependencies ?? {}).filter(([name]) => names.has(name))
  return [
    ...(manifest.version === version ? [] : [`has version ${manifest.version}, others have ${version}`]),
    ...(version === target.manifest.version ? [`stays at version ${version}`] : []),
    ...(textIn(folder, 'CHANGELOG.md').includes(`## ${version}\n`) ? [] : [`CHANGELOG.md lacks ${version}`]),
    ...ranges.filter(([, range]) => range !== `^${version}`).map(([name, range]) => `takes ${name} ${range}`),
  ]
}

const packages = publishedPackages()
copyRepository(packages)
execFileSync(join(workspaceRoot, 'node_modules/.bin/changeset'), ['version'], { cwd: copy, stdio: 'pipe' })
const waiting = readdirSync(join(copy, '.changeset')).filter(
  (name) => name.endsWith('.md') && name !== 'README.md',
)
report('changesets are used up', waiting)
const { version } = JSON.parse(textIn(inCopy(packages[0]!), 'package.json')) as Manifest
const published = await Promise.all(packages.map((each) => dryRunPublish(inCopy(each))))
for (const [at, each] of packages.entries()) {
  const { name } = each.manifest
  report(`${name}: version ${version} and its changes`, versionComplaints(each, packages, version))
  report(`${name}: npm publish --dry-run`, complaints(published[at]!, name, version))
}
rmSync(copy, { recursive: true, force: true })
console.log(failed === 0 ? `${packages.length} packages could be published` : `${failed} checks failed`)
process.exitCode = failed === 0 ? 0 : 1
