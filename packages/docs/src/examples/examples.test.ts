import { main } from '@quantrx/cli'
import { workspace } from '@quantrx/testing'
import { codeBlocks, exampleFolder, isModule, runDocument } from '@quantrx/testing/examples'
import type { ExampleFolder } from '@quantrx/testing/examples'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readmes, writtenPages } from './documents.ts'
import { exampleFiles } from './example-files.ts'

const demo = join(workspace, 'packages/cli/demo')
const folders: ExampleFolder[] = []
afterAll(() => {
  vi.unstubAllGlobals()
  folders.forEach((folder) => folder.remove())
})

const documents = [...readmes(workspace), ...writtenPages(workspace)].map((path) => ({
  path,
  blocks: codeBlocks(path),
  folder: exampleFolder(),
}))
folders.push(...documents.map(({ folder }) => folder))

beforeAll(async () => {
  // What pages load, they load from the folder of their document.
  vi.stubGlobal('fetch', async (address: string) => new Response(await readFile(address)))
  const files = await exampleFiles(demo)
  for (const { folder } of documents) {
    for (const [name, content] of Object.entries(files)) folder.write(name, content)
  }
})

// Searches take their time on a busy machine.
describe('the examples of', { timeout: 240_000 }, () => {
  it.each(documents)('$path run', async ({ blocks, folder }) => {
    await runDocument(blocks, folder, main)
  })
})

it('every package that is published has an example', () => {
  const without = documents.filter(({ blocks }) => !blocks.some(isModule)).map(({ path }) => path)
  expect(without.filter((path) => /^packages\/(?!docs|playground)/.test(path))).toEqual([])
})
