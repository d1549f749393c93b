import { main } from '@quantrx/cli'
import { workspace } from '@quantrx/testing'
import {
  checkTypes,
  codeBlocks,
  exampleFolder,
  isModule,
  moduleName,
  runDocument,
} from '@quantrx/testing/examples'
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

/** The pipeline of the README, and the same without a stage. */
const pipeline =
  documents[0]!.blocks.map(({ code }) => code).find((code) => code.includes('infer(model)')) ?? ''
const broken = join(documents[0]!.folder.path, 'without-a-stage.ts')

beforeAll(async () => {
  // What pages load, they load from the folder of their document.
  vi.stubGlobal('fetch', async (address: string) => new Response(await readFile(address)))
  const files = await exampleFiles(demo)
  for (const { folder } of documents) {
    for (const [name, content] of Object.entries(files)) folder.write(name, content)
  }
})

// Searches and the type check of everything take their time on a busy machine.
describe('the examples of', { timeout: 240_000 }, () => {
  it.each(documents)('$path run', async ({ blocks, folder }) => {
    await runDocument(blocks, folder, main)
  })

  it('all documents type-check, and the pipeline does not without a stage', () => {
    const written = documents.flatMap(({ blocks, folder }) =>
      blocks.filter(isModule).map((block) => folder.write(moduleName(block), block.code)),
    )
    documents[0]!.folder.write('without-a-stage.ts', pipeline.replace(/infer\(model\),.*\n/, ''))
    const sources = written.filter((path) => path.endsWith('.ts'))
    const { [broken]: refused, ...faults } = checkTypes([...sources, broken])
    expect(faults).toEqual({})
    expect(refused).toContain('TS')
  })
})

it('every package that is published has an example', () => {
  const without = documents.filter(({ blocks }) => !blocks.some(isModule)).map(({ path }) => path)
  expect(without.filter((path) => /^packages\/(?!docs|playground)/.test(path))).toEqual([])
})
