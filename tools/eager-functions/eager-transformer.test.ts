import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { eagerTransformer } from './eager-transformer.ts'

/** JavaScript of a module, some of its functions eager. */
function compiled(code: string, ...eager: readonly string[]): string {
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
    alwaysStrict: false,
  }
  const isEager = (path: string, name: string): boolean => path === 'module.ts' && eager.includes(name)
  const transformers = { after: [eagerTransformer(isEager)] }
  const { outputText } = ts.transpileModule(code, { fileName: 'module.ts', compilerOptions, transformers })
  return outputText.replace(/\s+/g, ' ').trim()
}

describe('an eager function', () => {
  it('that is declared becomes a constant in parentheses, exported or not', () => {
    expect(compiled('function one(a: number) { return a }', 'one')).toBe(
      'const one = (function (a) { return a; });',
    )
    expect(compiled('export async function* one() {}', 'one')).toBe(
      'export const one = (async function* () { });',
    )
  })

  it('stands behind the imports and before all that may call it', () => {
    const code = "const two = one()\nimport { a } from './a.ts'\nexport function one() { return a }"
    expect(compiled(code, 'one')).toBe(
      "import { a } from './a.ts'; export const one = (function () { return a; }); const two = one();",
    )
  })

  it('stands in parentheses once, as do functions in it', () => {
    expect(compiled('const f = (x) => x.map((y) => y)', 'f')).toBe('const f = ((x) => x.map(((y) => y)));')
    expect(compiled('const f = ((x) => x)', 'f')).toBe('const f = ((x) => x);')
    expect(compiled('const o = { f: (x) => x, g() { return () => 1 } }', 'o.f', 'o.g')).toBe(
      'const o = { f: ((x) => x), g() { return (() => 1); } };',
    )
  })

  it('keeps a declaration inside of it as it is', () => {
    expect(compiled('function f() { return g(); function g() { return [].map(() => 1) } }', 'f')).toBe(
      'const f = (function () { return g(); function g() { return [].map((() => 1)); } });',
    )
  })

  it('that is the default export stays a declaration', () => {
    expect(compiled('export default function f() { return () => 1; }', 'f')).toBe(
      'export default function f() { return (() => 1); }',
    )
  })

  it('with more than one signature keeps the last', () => {
    const code =
      'export function f(a: string): void\nexport function f(a: number): void\nexport function f(a: unknown) {}'
    expect(compiled(code, 'f')).toBe('export const f = (function (a) { });')
  })
})

it('leaves other functions alone', () => {
  const code = 'export function f() { return () => 1; } const g = () => 2;'
  expect(compiled(code, 'h')).toBe(code)
})
