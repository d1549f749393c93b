/**
 * What each package gives its users, in files that a review shows the changes of: `packages/NAME/api/*.api.md`. Needs a build.
 * Writes them; with `--check`, prints how they differ from the build and exits 1 when they do.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { publishedPackages } from '../packages.ts'
import { workspaceRoot } from '../workspace-root.ts'
import { apiEntries } from './api-entries.ts'
import { apiReports } from './api-report.ts'

const check = process.argv.includes('--check')
const entries = publishedPackages().flatMap(apiEntries)
const reports = new Map([...apiReports(entries)].map(([{ report }, text]) => [report, text] as const))
let outdated = 0

for (const [path, text] of reports) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
  outdated++
  if (check) printDifference(path, text)
  else {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    console.log(`wrote ${relative(workspaceRoot, path)}`)
  }
}

for (const path of new Set(entries.map(({ packageFolder }) => join(packageFolder, 'api')))) {
  for (const name of existsSync(path) ? readdirSync(path) : []) {
    if (reports.has(join(path, name))) continue
    outdated++
    if (!check) rmSync(join(path, name))
    console.log(`${relative(workspaceRoot, join(path, name))} belongs to no entry of a package`)
  }
}

if (check) {
  console.log(
    outdated === 0
      ? `${reports.size} reports of what packages export are as built`
      : `${outdated} reports differ from the build: run npm run build && npm run api, and look at what changes for users`,
  )
  process.exitCode = outdated === 0 ? 0 : 1
}

/** The lines that differ, as git shows them; a report that is missing differs by all of its lines. */
function printDifference(path: string, text: string): void {
  console.log(`${relative(workspaceRoot, path)} is not as built:`)
  const committed = existsSync(path) ? path : '/dev/null'
  const args = ['diff', '--no-index', '--unified=2', '--', committed, '-']
  const { stdout } = spawnSync('git', args, { input: text, encoding: 'utf8' })
  console.log(stdout.split('\n').slice(4).join('\n'))
}
