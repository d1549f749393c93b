import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { complaints, dryRunPublish } from './dry-run-publish.ts'

const folder = mkdtempSync(join(tmpdir(), 'quantrx-'))
afterAll(() => rmSync(folder, { recursive: true }))

function write(path: string, text = 'x'): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

it('tells what a package lacks and what it should not have', async () => {
  const manifest = {
    name: '@scope/pack',
    version: '1.0.0',
    publishConfig: { access: 'public', provenance: true },
  }
  write('package.json', JSON.stringify(manifest))
  write('dist/index.js')
  write('src/index.test.ts')
  write('README.md')
  const published = await dryRunPublish(folder)
  expect(complaints(published, '@scope/pack', '1.1.0')).toEqual([
    'has version 1.0.0, expected 1.1.0',
    'lacks LICENSE',
    'lacks CHANGELOG.md',
    'lacks types',
    'brings src/index.test.ts, which only our tests need',
  ])
})
