import ts from 'typescript'
import { expect, it } from 'vitest'
import { outermostFunctions } from './outermost-function.ts'

const namesIn = (code: string): readonly string[] =>
  outermostFunctions(ts.createSourceFile('module.ts', code, ts.ScriptTarget.Latest)).map(({ name }) => name)

it('names functions after what they are declared as', () => {
  expect(
    namesIn('function a() {} export async function b() {} const c = () => 1, d = function () {}'),
  ).toEqual(['a', 'b', 'c', 'd'])
})

it('names functions in objects and calls after where they stand', () => {
  const code =
    'const operator = define({ generate: (x) => x, run() {}, tables: [() => 1, () => 2] }); (() => 0)()'
  const names = ['operator.generate', 'operator.run', 'operator.tables', 'operator.tables', '']
  expect(namesIn(code)).toEqual(names)
})

it('leaves out functions inside others, and declarations without code', () => {
  expect(
    namesIn('function a(b: string): void\nfunction a(b) { const c = () => 1; function d() {} }'),
  ).toEqual(['a'])
})
