import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { publishedPackages } from '../packages.ts'
import { readmeExample } from './readme-example.ts'

const folder = mkdtempSync(join(tmpdir(), 'quantrx-'))
afterAll(() => rmSync(folder, { recursive: true }))
const write = (text: string): void => writeFileSync(join(folder, 'README.md'), text)

it('finds what to install, and the first example with what it imports', () => {
  const shell = '```sh\nnpm install @scope/pack rxjs\nnpm install other # for the example\n```\n'
  const code =
    "import { readFile } from 'node:fs/promises'\nimport type { B } from 'types'\nimport { a } from '@scope/pack/node'\nconst b: B = a\n"
  write(`# pack\n${shell}\`\`\`ts\n${code}\`\`\`\n\`\`\`ts\nimport 'second'\n\`\`\`\n`)
  const { installs, code: script, imports } = readmeExample(folder)
  expect(installs).toEqual(['@scope/pack', 'rxjs', 'other'])
  expect(imports).toEqual(['@scope/pack'])
  expect(script).toContain('const b = a;')
})

it('says what is missing', () => {
  write('```sh\nnpm install x\n```\n')
  expect(() => readmeExample(folder)).toThrow('README.md has no block of ts')
})

it.each(publishedPackages().map((each) => [each.manifest.name, each.folder]))(
  'the README of %s tells to install all that its example imports',
  (name, path) => {
    const { installs, imports } = readmeExample(path)
    expect(installs).toEqual(expect.arrayContaining([name, ...imports]))
  },
)
