/**
 * Proves that lint enforces the package levels: plants forbidden imports, expects each to be caught, and an allowed one
 * to pass. Prints a line per case; exits 1 when one is not as expected.
 */
import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { workspaceRoot } from './workspace-root.ts'

const cases = [
  { package: 'core', imports: 'rxjs', allowed: false },
  { package: 'tflite', imports: 'rxjs', allowed: false },
  { package: 'kernels', imports: 'rxjs', allowed: false },
  { package: 'core', imports: '@quantrx/tflite', allowed: false },
  { package: 'observers', imports: '@quantrx/runtime', allowed: false },
  { package: 'runtime', imports: '@quantrx/schemes', allowed: false },
  { package: 'schemes', imports: '@quantrx/runtime', allowed: false },
  { package: 'evaluators', imports: '@quantrx/testing', allowed: false },
  { package: 'observers', imports: 'rxjs', allowed: true },
  { package: 'runtime', imports: '@quantrx/kernels', allowed: true },
] as const

const planted = cases.map((each, at) => ({
  ...each,
  path: join(workspaceRoot, 'packages', each.package, 'src', `planted-import-${at}.ts`),
}))

function lint(): ReadonlyMap<string, readonly string[]> {
  const bin = join(workspaceRoot, 'node_modules/.bin/eslint')
  const args = ['--format', 'json', ...planted.map(({ path }) => path)]
  let output: string
  try {
    output = execFileSync(bin, args, {
      cwd: workspaceRoot,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  } catch (error) {
    output = (error as { stdout: string }).stdout
  }
  const results = JSON.parse(output) as { filePath: string; messages: { ruleId: string }[] }[]
  return new Map(results.map(({ filePath, messages }) => [filePath, messages.map(({ ruleId }) => ruleId)]))
}

let failed = 0
try {
  for (const { path, imports } of planted) {
    writeFileSync(
      path,
      `import * as planted from '${imports}'\n\nexport const plantedNames = Object.keys(planted)\n`,
    )
  }
  const messages = lint()
  for (const { package: name, imports, allowed, path } of planted) {
    const caught = messages.get(path)?.includes('@nx/enforce-module-boundaries') ?? false
    const asExpected = caught !== allowed
    if (!asExpected) failed++
    console.log(
      `${asExpected ? 'ok    ' : 'FAILED'}  ${name} importing ${imports} is ${caught ? 'refused' : 'allowed'}`,
    )
  }
} finally {
  for (const { path } of planted) rmSync(path, { force: true })
}
process.exitCode = failed === 0 ? 0 : 1
