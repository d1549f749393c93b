import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { publishedPackages } from '../packages.ts'
import { eagerFunctionsOf, isEagerIn, listPath } from './list.ts'
import { outermostFunctions } from './outermost-function.ts'

const listed = publishedPackages().filter(({ folder }) => existsSync(listPath(folder)))

it('there are lists for what runs models', () => {
  expect(listed.map(({ manifest }) => manifest.name)).toEqual(
    ['core', 'kernels', 'runtime', 'tflite'].map((name) => `@quantrx/${name}`),
  )
})

describe.each(listed.map(({ folder, manifest }) => [manifest.name, folder, manifest] as const))(
  'the list of %s',
  (_, folder, manifest) => {
    it('names functions that exist: `npm run eager` makes it anew', () => {
      const unknown = Object.entries(eagerFunctionsOf(folder)).flatMap(([module, names]) => {
        const path = join(folder, 'src', module)
        const code = existsSync(path) ? readFileSync(path, 'utf8') : ''
        const source = ts.createSourceFile(path, code, ts.ScriptTarget.Latest)
        const existing = new Set(outermostFunctions(source).map(({ name }) => name))
        return names.filter((name) => !existing.has(name)).map((name) => `${module}: ${name}`)
      })
      expect(unknown).toEqual([])
    })

    it('is what the package is built with', () => {
      expect(manifest.scripts?.['build']).toContain('tools/compile-package.ts')
    })

    it('tells which functions of a module are eager', () => {
      const [[module, names] = ['', []]] = Object.entries(eagerFunctionsOf(folder))
      const isEager = isEagerIn(folder)
      expect(isEager(join(folder, 'src', module), names[0]!)).toBe(true)
      expect(isEager(join(folder, 'src', module), 'noSuchFunction')).toBe(false)
      expect(isEager(join(folder, 'other', module), names[0]!)).toBe(false)
    })
  },
)
