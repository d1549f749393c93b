import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { publishedPackages } from '../packages.ts'
import { importSizes, sizeBudget } from './size-budget.ts'

const packages = new Map(publishedPackages().map((each) => [each.manifest.name, each]))

it.each([...packages.keys()])('%s says how large its code may become', (name) => {
  expect(sizeBudget(packages.get(name)!)).toHaveProperty(['.', '*'])
})

describe('what every page loads', () => {
  it('keeps @quantrx/core within 3 kB, and every observer alone within 2 kB', async () => {
    const core = await importSizes(packages.get('@quantrx/core')!)
    expect(core.every(({ gzip, budget }) => gzip <= budget && budget <= 3000)).toBe(true)
    const observers = (await importSizes(packages.get('@quantrx/observers')!)).slice(1)
    expect(observers.length).toBeGreaterThan(4)
    expect(observers.filter(({ gzip, budget }) => gzip > budget || budget > 2000)).toEqual([])
    for (const { minified, gzip, onDemand } of observers)
      expect([gzip > 100, minified > gzip, onDemand]).toEqual([true, true, 0])
  })
})

describe('a budget', () => {
  const folder = mkdtempSync(join(tmpdir(), 'quantrx-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const manifest = { name: '@scope/pack', version: '1.0.0', exports: { '.': {}, './node': {} } }

  it('is needed for every entry, and for nothing else', () => {
    expect(() => sizeBudget({ folder, manifest })).toThrow('size-budget.json is missing')
    const write = (budget: object): void =>
      writeFileSync(join(folder, 'size-budget.json'), JSON.stringify(budget))
    write({ '.': { '*': 1 } })
    expect(() => sizeBudget({ folder, manifest })).toThrow('says nothing of "*" of "./node"')
    write({ '.': { '*': 1 }, './node': { '*': 1 }, './browser': { '*': 1 } })
    expect(() => sizeBudget({ folder, manifest })).toThrow('speaks of "./browser"')
  })
})
