import { expect, it } from 'vitest'
import { metricConformance } from '../metric.conformance.ts'
import { sqnr } from './sqnr.ts'

metricConformance(sqnr())

it('is 20 dB when the noise has a hundredth of the power', () => {
  const metric = sqnr()
  const state = metric.init()
  metric.update(state, {
    input: [],
    output: [Float32Array.of(11, -9)],
    reference: [Float32Array.of(10, -10)],
  })
  expect(metric.finish(state)).toBeCloseTo(20, 12)
})

it('is infinite for equal outputs', () => {
  const metric = sqnr()
  const state = metric.init()
  metric.update(state, { input: [], output: [Float32Array.of(1)], reference: [Float32Array.of(1)] })
  expect(metric.finish(state)).toBe(Infinity)
})

it('sums over all outputs', () => {
  const metric = sqnr()
  const state = metric.init()
  const [a, b] = [Float32Array.of(3), Float32Array.of(4)]
  metric.update(state, { input: [], output: [a, Float32Array.of(4.5)], reference: [a, b] })
  expect(metric.finish(state)).toBeCloseTo(20, 12)
})
