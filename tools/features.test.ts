import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { featureCounts, quantizedButNotRun, renderFeatures } from './features.ts'
import { workspaceRoot } from './workspace-root.ts'

it('FEATURES.md is up to date', () => {
  expect(readFileSync(join(workspaceRoot, 'FEATURES.md'), 'utf8')).toBe(renderFeatures())
})

it('every operator that can be quantized also runs so', () => {
  expect(quantizedButNotRun()).toEqual([])
  expect(renderFeatures()).not.toContain('does not run yet')
})

it('counts what runs and what can be quantized', () => {
  const counts = featureCounts()
  expect(counts.float32).toBeGreaterThanOrEqual(110)
  expect(counts.int8).toBeGreaterThanOrEqual(60)
  expect(counts.quantizesToInt16).toBeLessThan(counts.quantizesToInt8)
  expect(counts.runs).toBeLessThan(counts.builtin)
})
