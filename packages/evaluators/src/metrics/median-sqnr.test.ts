import { expect, it } from 'vitest'
import { metricConformance } from '../metric.conformance.ts'
import { medianSqnr } from './median-sqnr.ts'

metricConformance(medianSqnr())

it('is the mean of the two in the middle of an even number', () => {
  const metric = medianSqnr()
  const state = metric.init()
  for (const value of [10.1, 11, 20, 10]) {
    const logits = { values: Float32Array.of(value), reference: Float32Array.of(10) }
    metric.update(state, { input: [], output: [], logits })
  }
  expect(metric.finish(state)).toBeCloseTo((40 + 20) / 2, 4)
})
