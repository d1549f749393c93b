import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { workspaceRoot } from './workspace-root.ts'

const folder = mkdtempSync(join(tmpdir(), 'quantrx-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Compiles a package of one module. */
function compile(code: string): void {
  mkdirSync(join(folder, 'src'), { recursive: true })
  writeFileSync(join(folder, 'src/module.ts'), code)
  writeFileSync(join(folder, 'eager-functions.json'), '{ "module.ts": ["called"] }')
  const compilerOptions = {
    rootDir: 'src',
    outDir: 'dist',
    target: 'ES2022',
    module: 'NodeNext',
    declaration: true,
    types: [],
    lib: ['ES5'],
    skipLibCheck: true,
  }
  writeFileSync(join(folder, 'tsconfig.build.json'), JSON.stringify({ compilerOptions, include: ['src'] }))
  const script = join(workspaceRoot, 'tools/compile-package.ts')
  execFileSync(process.execPath, ['--import', import.meta.resolve('tsx'), script], {
    cwd: folder,
    stdio: 'pipe',
  })
}

it('writes JavaScript with eager functions in parentheses, and types as they are', () => {
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  compile('export function called(x: number): number { return x }\nexport function other(): void {}\n')
  expect(readFileSync(join(folder, 'dist/module.js'), 'utf8')).toMatch(
    /^export const called = \(function \(x\) \{ return x; \}\);\nexport function other\(\) \{ \}/,
  )
  expect(readFileSync(join(folder, 'dist/module.d.ts'), 'utf8')).toContain(
    'function called(x: number): number;',
  )
}, 30_000)

it('fails where the compiler finds an error, and shows it', () => {
  expect(() => compile('export const wrong: number = "text"\n')).toThrow("Type 'string' is not assignable")
}, 30_000)
