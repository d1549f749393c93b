import { expect, it } from 'vitest'
import { metricConformance } from '../metric.conformance.ts'
import { agreement } from './agreement.ts'

metricConformance(agreement())

it('compares the classes, not the values', () => {
  const metric = agreement()
  const state = metric.init()
  metric.update(state, { input: [], output: [Float32Array.of(1, 2)], reference: [Float32Array.of(0, 9)] })
  metric.update(state, { input: [], output: [Float32Array.of(3, 2)], reference: [Float32Array.of(0, 9)] })
  metric.update(state, { input: [], output: [Float32Array.of(3, 2)], reference: [Float32Array.of(1, 0)] })
  metric.update(state, { input: [], output: [Float32Array.of(3, 2)], reference: [Float32Array.of(5, 5)] })
  expect(metric.finish(state)).toBe(0.75)
})
