/**
 * Checks what a user of npm gets: every published package is packed, installed with only the tarballs it depends on into an empty
 * folder, and used there; then a new user's first steps. Needs `npm run build` first. Names of packages as arguments
 * check these only. Prints a line per check; exits 1 when one fails.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createChecks, inParallel } from './package-checks/checks.ts'
import { checkPackage } from './package-checks/check-package.ts'
import { pack } from './package-checks/consumer.ts'
import { checkNewUser } from './new-user/check-new-user.ts'
import { publishedPackages } from './packages.ts'
import type { WorkspacePackage } from './packages.ts'

// Outside of the workspace, where nothing is found that was not installed.
const scratch = mkdtempSync(join(tmpdir(), 'quantrx-packages-'))
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }))
const checks = createChecks((line) => console.log(line))

const packages = publishedPackages()
for (const { folder, manifest } of packages) {
  await checks.check(`${manifest.name}: is built`, () => readdirSync(join(folder, 'dist')))
}
// One more than there are cores: installing waits for disks and networks.
const atOnce = availableParallelism() + 1
const packed = await inParallel(packages, atOnce, (each) => pack(each, scratch))
const tarballs = new Map(packages.map((each, at) => [each, packed[at]!]))
const projectOf = (name: string): string => join(scratch, name.replace('/', '-'))
// The package that a new user installs takes longest, so it is the first.
const isWhole = ({ manifest }: WorkspacePackage): boolean => manifest.name === 'quantrx'
const asked = packages.filter(
  ({ manifest }) => process.argv.length < 3 || process.argv.includes(manifest.name),
)
const inOrder = asked.sort((a, b) => Number(isWhole(b)) - Number(isWhole(a)))
await inParallel(inOrder, atOnce, async (each) => {
  const project = projectOf(each.manifest.name)
  await checkPackage(checks, each, tarballs, project)
  if (isWhole(each)) await checkNewUser(checks, project, tarballs)
})

console.log(`${checks.passed} package checks passed, ${checks.failed} failed`)
process.exitCode = checks.failed === 0 ? 0 : 1
