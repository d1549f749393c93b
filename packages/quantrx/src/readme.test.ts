import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { exampleFolder, typescriptBlocks, workspace } from './readme-blocks.conformance.ts'

const folder = exampleFolder()
afterAll(() => folder.remove())

const pipeline = typescriptBlocks('README.md').find((code) => code.includes('infer(model)')) ?? ''

describe('the pipeline of the README', () => {
  it('runs as it stands', () => {
    const printed = folder.run(pipeline)
    expect(printed).toContain("'minmax'")
    expect(printed).toContain("'p9999'")
  })

  it('type-checks as it stands, and does not without a stage', () => {
    expect(folder.check([pipeline])).toBe('')
    expect(folder.check([pipeline.replace(/infer\(model\),.*\n/, '')])).toContain('error TS')
  })
})

describe('the READMEs of the packages', () => {
  const packages = readdirSync(join(workspace, 'packages')).filter((name) => name !== 'testing')
  const blocks = packages.map((name) => ({ name, codes: typescriptBlocks(`packages/${name}/README.md`) }))

  it.each(blocks)('the example of $name runs', ({ name, codes }) => {
    expect(codes.length).toBeGreaterThan(0)
    for (const code of codes) expect(() => folder.run(code), name).not.toThrow()
  })

  it('type-check', () => {
    expect(folder.check(blocks.flatMap(({ codes }) => codes))).toBe('')
  })
})
