import { workspace } from '@quantrx/testing'
import { checkTypes, codeBlocks, exampleFolder, isModule, moduleName } from '@quantrx/testing/examples'
import type { ExampleFolder } from '@quantrx/testing/examples'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { readmes, writtenPages } from './documents.ts'

const folders: ExampleFolder[] = []
afterAll(() => folders.forEach((folder) => folder.remove()))

/** Writes the modules of a document to a folder of their own, and gives back their paths. */
function writtenModules(document: string): readonly string[] {
  const folder = exampleFolder()
  folders.push(folder)
  return codeBlocks(document)
    .filter(isModule)
    .map((block) => folder.write(moduleName(block), block.code))
    .filter((path) => path.endsWith('.ts'))
}

/** The pipeline of the README without a stage. */
function brokenPipeline(): string {
  const pipeline = codeBlocks('README.md').find(({ code }) => code.includes('infer(model)'))
  return folders[0]!.write('without-a-stage.ts', pipeline!.code.replace(/infer\(model\),.*\n/, ''))
}

/** Files that say which types there are, and in lines with `@ts-expect-error` what must not compile. */
const typeTests = readdirSync(join(workspace, 'packages')).flatMap((name) => {
  const folder = join(workspace, 'packages', name, 'src')
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return paths.filter((path) => path.endsWith('.test-d.ts')).map((path) => join(folder, path))
})

// One program of all, since the types of the packages take longest.
it(
  'type tests and the examples of all documents type-check, and the pipeline does not without a stage',
  { timeout: 240_000 },
  () => {
    const examples = [...readmes(workspace), ...writtenPages(workspace)].flatMap(writtenModules)
    const broken = brokenPipeline()
    expect([typeTests.length > 5, examples.length > 20]).toEqual([true, true])
    const { [broken]: refused, ...faults } = checkTypes([...typeTests, ...examples, broken])
    expect(faults).toEqual({})
    expect(refused).toContain('TS')
  },
)
