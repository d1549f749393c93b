/**
 * Checks what a user of npm gets: every published package is packed, installed with only the tarballs it depends on
 * into an empty folder, and used there. Needs `npm run build` first. Prints a line per check; exits 1 when one fails.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { publishedPackages, withDependencies } from './packages.ts'
import type { WorkspacePackage } from './packages.ts'
import { workspaceRoot } from './workspace-root.ts'

const scratch = join(workspaceRoot, '.tmp/packages')
/** Runs on Node alone; everything else must also bundle for the browser. */
const nodeOnly = new Set(['@quantrx/cli'])
let failed = 0
let passed = 0

async function check(name: string, work: () => unknown): Promise<void> {
  try {
    await work()
    passed++
    console.log(`ok      ${name}`)
  } catch (error) {
    failed++
    console.log(`FAILED  ${name}\n${describe(error)}`)
  }
}

function describe(error: unknown): string {
  const { stdout, stderr, message } = error as { stdout?: Buffer; stderr?: Buffer; message?: string }
  return [message, stdout?.toString(), stderr?.toString()].filter(Boolean).join('\n')
}

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

function pack(folder: string): string {
  const [{ filename }] = JSON.parse(
    run('npm', ['pack', '--json', '--pack-destination', scratch], folder),
  ) as [{ filename: string }]
  return join(scratch, filename)
}

/** Sub-paths that a consumer imports as code: every exports key but package.json. */
function specifiers({ manifest }: WorkspacePackage): readonly string[] {
  return Object.keys(manifest.exports)
    .filter((key) => key !== './package.json')
    .map((key) => manifest.name + key.slice(1))
}

async function checkPackage(
  target: WorkspacePackage,
  tarballs: ReadonlyMap<WorkspacePackage, string>,
): Promise<void> {
  const { name, peerDependencies = {} } = target.manifest
  const tarball = tarballs.get(target)!
  const bin = join(workspaceRoot, 'node_modules/.bin')
  await check(`${name}: publint strict`, () =>
    run(join(bin, 'publint'), ['run', tarball, '--strict'], workspaceRoot),
  )
  await check(`${name}: attw esm-only`, () =>
    run(join(bin, 'attw'), [tarball, '--profile', 'esm-only'], workspaceRoot),
  )

  const folder = join(scratch, name.replace('/', '-'))
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  )
  const needed = withDependencies(target, [...tarballs.keys()]).map((each) => tarballs.get(each)!)
  const peers = Object.entries(peerDependencies).map(([peer, range]) => `${peer}@${range}`)
  const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...needed, ...peers]
  await check(`${name}: installs with its own tarballs alone`, () => run('npm', install, folder))
  for (const specifier of specifiers(target)) await checkUse(specifier, folder, nodeOnly.has(name))
}

async function checkUse(specifier: string, folder: string, skipBrowser: boolean): Promise<void> {
  const source = `import * as it from '${specifier}'\nif (Object.keys(it).length === 0) throw new Error('empty')\n`
  writeFileSync(join(folder, 'use.mjs'), source)
  await check(`${specifier}: imports from ESM`, () => run('node', ['use.mjs'], folder))
  writeFileSync(
    join(folder, 'use.cjs'),
    `if (Object.keys(require('${specifier}')).length === 0) throw new Error('empty')\n`,
  )
  await check(`${specifier}: loads through require`, () => run('node', ['use.cjs'], folder))
  writeFileSync(join(folder, 'use.ts'), `${source}export type All = typeof it\n`)
  const compilerOptions = {
    noEmit: true,
    strict: true,
    target: 'es2022',
    module: 'nodenext',
    types: [],
    skipLibCheck: true,
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['use.ts'] }))
  await check(`${specifier}: type-checks under nodenext`, () =>
    run(join(workspaceRoot, 'node_modules/.bin/tsc'), ['-p', '.'], folder),
  )
  if (skipBrowser || specifier.endsWith('/node')) return
  await check(`${specifier}: bundles for the browser with Vite`, async () => {
    writeFileSync(join(folder, 'browser.mjs'), `export * from '${specifier}'\n`)
    const result = await build({
      root: folder,
      configFile: false,
      logLevel: 'error',
      build: { write: false, lib: { entry: 'browser.mjs', formats: ['es'], fileName: 'out' } },
    })
    const [bundle] = Array.isArray(result) ? result : [result]
    if (bundle === undefined || !('output' in bundle)) throw new Error('Vite produced no bundle')
    const code = bundle.output.map((file) => ('code' in file ? file.code : '')).join('')
    if (/["']node:/.test(code) || code.includes('__vite-browser-external')) {
      throw new Error('the browser bundle reaches for Node modules')
    }
  })
}

rmSync(scratch, { recursive: true, force: true })
mkdirSync(scratch, { recursive: true })
const packages = publishedPackages()
for (const { folder, manifest } of packages) {
  await check(`${manifest.name}: is built`, () => readdirSync(join(folder, 'dist')))
}
const tarballs = new Map(packages.map((each) => [each, pack(each.folder)]))
for (const target of packages) await checkPackage(target, tarballs)
rmSync(scratch, { recursive: true, force: true })
console.log(`${passed} package checks passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
