import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { renderFeatures } from './features.ts'
import { workspaceRoot } from './workspace-root.ts'

it('FEATURES.md is up to date', () => {
  expect(readFileSync(join(workspaceRoot, 'FEATURES.md'), 'utf8')).toBe(renderFeatures())
})

it('every operator that becomes an integer one also runs', () => {
  expect(renderFeatures()).not.toContain('does not run yet')
})
