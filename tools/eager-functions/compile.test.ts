import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { compilePackage } from './compile.ts'

const folder = mkdtempSync(join(tmpdir(), 'quantrx-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Compiles a package of one module, which has an eager function. */
function compile(code: string): string {
  mkdirSync(join(folder, 'src'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'src/module.ts'), code)
  writeFileSync(join(folder, 'eager-functions.json'), '{ "module.ts": ["called"] }')
  const compilerOptions = {
    ...{ rootDir: 'src', outDir: 'dist', target: 'ES2022', module: 'NodeNext', declaration: true },
    ...{ types: [], lib: ['ES5'], skipLibCheck: true },
  }
  writeFileSync(join(folder, 'tsconfig.build.json'), JSON.stringify({ compilerOptions, include: ['src'] }))
  return compilePackage(folder)
}

it('writes JavaScript with eager functions in parentheses, and types as they are', () => {
  const code = 'export function called(x: number): number { return x }\nexport function other(): void {}\n'
  expect(compile(code)).toBe('')
  expect(readFileSync(join(folder, 'dist/module.js'), 'utf8')).toMatch(
    /^export const called = \(function \(x\) \{ return x; \}\);\nexport function other\(\) \{ \}/,
  )
  expect(readFileSync(join(folder, 'dist/module.d.ts'), 'utf8')).toContain(
    'function called(x: number): number;',
  )
})

it('says what the compiler finds wrong', () => {
  expect(compile('export const wrong: number = "text"\n')).toContain("Type 'string' is not assignable")
})

it('says that there is nothing to compile', () => {
  rmSync(join(folder, 'tsconfig.build.json'))
  expect(compilePackage(folder)).toContain('tsconfig.build.json')
})
