import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const demo = join(root, 'packages/cli/demo')
let folder = ''

/** The TypeScript block of the README that holds the pipeline. */
function readmePipeline(): string {
  const blocks = readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```ts\n([^`]*)```/g)
  return [...blocks].map(([, code]) => code ?? '').find((code) => code.includes('infer(model)')) ?? ''
}

const tool = (name: string): string => join(root, 'node_modules', name)

beforeAll(() => {
  // Inside the workspace, so that the packages are found as a user's installation would find them.
  folder = mkdtempSync(join(root, 'packages/quantrx/.readme-'))
  writeFileSync(join(folder, 'pipeline.ts'), readmePipeline())
  for (const name of ['demo.tflite', 'calibration.arrow', 'test.arrow'])
    cpSync(join(demo, name), join(folder, name))
})
afterAll(() => rmSync(folder, { recursive: true }))

it('the pipeline of the README runs as it stands', () => {
  const args = ['-C', '@quantrx/source', '--import', 'tsx', 'pipeline.ts']
  const printed = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  expect(printed).toContain("'minmax'")
  expect(printed).toContain("'p9999'")
})

it('the pipeline of the README type-checks as it stands', () => {
  writeFileSync(
    join(folder, 'tsconfig.json'),
    '{ "extends": "../../../tsconfig.json", "include": ["pipeline.ts"] }',
  )
  const check = (): string =>
    execFileSync(process.execPath, [tool('typescript/bin/tsc'), '-p', folder], {
      cwd: folder,
      encoding: 'utf8',
    })
  expect(check()).toBe('')
  writeFileSync(join(folder, 'pipeline.ts'), readmePipeline().replace(/infer\(model\),.*\n/, ''))
  expect(check).toThrow()
})
