import { expect, it } from 'vitest'
import { metricConformance } from '../metric.conformance.ts'
import { clippedSqnr } from './clipped-sqnr.ts'

metricConformance(clippedSqnr())

it('is exact where all that is lost is out of range', () => {
  const metric = clippedSqnr()
  const state = metric.init()
  const logits = {
    values: Float32Array.of(1, -1),
    reference: Float32Array.of(7, -9),
    range: { min: -1, max: 1 },
  }
  metric.update(state, { input: [], output: [], logits })
  expect(metric.finish(state)).toBe(Infinity)
})
