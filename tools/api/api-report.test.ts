import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { publishedPackages } from '../packages.ts'
import type { WorkspacePackage } from '../packages.ts'
import { apiEntries } from './api-entries.ts'
import { apiReports } from './api-report.ts'

const folder = mkdtempSync(join(tmpdir(), 'quantrx-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A package of two entries, its declarations in two files as our builds write them. */
function packageWith(name: string, half: string): WorkspacePackage {
  const exports = {
    '.': { types: './dist/index.d.ts', default: './dist/index.js' },
    './node': { types: './dist/half.d.ts', default: './dist/half.js' },
    './package.json': './package.json',
  }
  const manifest = { name: '@scope/pack', version: '1.0.0', type: 'module', exports }
  const path = join(folder, name)
  mkdirSync(join(path, 'dist'), { recursive: true })
  writeFileSync(join(path, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(path, 'dist/index.d.ts'), "export * from './half.ts';\n")
  writeFileSync(join(path, 'dist/half.d.ts'), `interface Hidden { size: ${half}; }\n${declaration}`)
  return { folder: path, manifest }
}

const declaration = '/** Half of it. */\nexport declare function half(value: Hidden): number;\n'

it('shows every declaration that users see, under the name that they import', () => {
  const reports = apiReports(apiEntries(packageWith('before', 'number')))
  expect([...reports.keys()].map(({ specifier, report }) => [specifier, report])).toEqual([
    ['@scope/pack', join(folder, 'before/api/pack.api.md')],
    ['@scope/pack/node', join(folder, 'before/api/pack-node.api.md')],
  ])
  const [main, node] = [...reports.values()]
  expect(main).toContain('## API Report File for "@scope/pack"\n')
  expect(node).toContain('## API Report File for "@scope/pack/node"\n')
  expect(main).toContain('export function half(value: Hidden): number;')
  expect(main).toContain('size: number;')
})

it('shows a type that changed, though nobody can import it', () => {
  const [changed] = apiReports(apiEntries(packageWith('after', 'string'))).values()
  expect(changed).toContain('size: string;')
})

it('reads types of modules that are loaded on demand, of which it tells no more', () => {
  const target = packageWith('lazy', 'keyof typeof loaders')
  const lazy = "export declare const loaders: { half: () => Promise<typeof import('./half.ts')> }\n"
  writeFileSync(join(target.folder, 'dist/lazy.d.ts'), lazy)
  const half = `import { loaders } from './lazy.ts';\ninterface Hidden { size: keyof typeof loaders; }\n${declaration}`
  writeFileSync(join(target.folder, 'dist/half.d.ts'), half)
  const [main] = apiReports(apiEntries(target)).values()
  expect(main).toContain('half: () => Promise<object>')
})

it('names the entry that is not built', () => {
  const missing = {
    ...apiEntries(packageWith('gone', 'number'))[0]!,
    declarations: join(folder, 'none.d.ts'),
  }
  expect(() => apiReports([missing])).toThrow('none.d.ts')
})

it('knows an entry of every published package', () => {
  for (const each of publishedPackages())
    expect(apiEntries(each).map(({ specifier }) => specifier)).toContain(each.manifest.name)
})
