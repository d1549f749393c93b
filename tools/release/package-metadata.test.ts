import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { publishedPackages } from '../packages.ts'
import { workspaceRoot } from '../workspace-root.ts'

const packages = publishedPackages()
const manifests = new Map(packages.map(({ folder }) => [basename(folder), manifestIn(folder)] as const))
const { version, bugs } = [...manifests.values()][0]!

function manifestIn(folder: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Readonly<Record<string, unknown>>
}

describe.each([...manifests])('the package in %s', (name, manifest) => {
  it('says where it comes from, as provenance needs it', () => {
    const { repository, homepage } = manifest as { repository: Record<string, string>; homepage: string }
    expect(repository['directory']).toBe(`packages/${name}`)
    expect(repository['url']).toMatch(/^git\+https:.*\.git$/)
    const address = repository['url']!.replace(/^git\+/, '').replace(/\.git$/, '')
    expect([homepage, manifest['bugs']]).toEqual([
      `${address}/tree/main/packages/${name}#readme`,
      `${address}/issues`,
    ])
    expect(manifest['bugs']).toBe(bugs)
    expect(manifest['publishConfig']).toEqual({ access: 'public', provenance: true })
  })

  it('can be found, and shares the version of all', () => {
    expect(manifest['keywords']).toEqual(expect.arrayContaining(['quantization', 'tflite']))
    expect((manifest['description'] as string).length).toBeGreaterThan(20)
    expect(manifest['version']).toBe(version)
  })

  it('carries the licence', () => {
    const read = (...path: readonly string[]): string =>
      readFileSync(join(workspaceRoot, ...path, 'LICENSE'), 'utf8')
    expect(manifest['license']).toBe('Apache-2.0')
    expect(read('packages', name)).toBe(read())
  })
})
