import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compactSchema } from './compact-schema.ts'
import { generatedIndexes, renderIndex } from './indexes.ts'
import { operatorTiers } from './operator-tiers.ts'
import { workspaceRoot } from './workspace-root.ts'

it('the lists of operators that are at hand, and of those that are loaded, are up to date', async () => {
  for (const [path, text] of Object.entries(await operatorTiers()))
    expect(readFileSync(path, 'utf8')).toBe(text)
})

it('the schema as text is up to date', () => {
  for (const [path, text] of Object.entries(compactSchema())) expect(readFileSync(path, 'utf8')).toBe(text)
})

describe('generated indexes', () => {
  it('finds the folders of plugins', () => {
    const folders = generatedIndexes().map((path) => relative(workspaceRoot, path))
    expect(folders).toContain('packages/observers/src/observers/index.ts')
    expect(folders).toContain('packages/runtime/src/ops/index.ts')
  })

  it.each(generatedIndexes().map((path) => [relative(workspaceRoot, path), path]))(
    '%s is up to date',
    (_, path) => {
      expect(readFileSync(path, 'utf8')).toBe(renderIndex(path))
    },
  )
})
