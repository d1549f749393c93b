import { expect, it } from 'vitest'
import { metricConformance } from '../metric.conformance.ts'
import { clippedSqnr } from './clipped-sqnr.ts'
import { logitsSqnr } from './logits-sqnr.ts'
import { medianSqnr } from './median-sqnr.ts'

metricConformance(logitsSqnr())

/** Three samples: noise of 1 % and of 1 % of the signal, and a value of 100 that the tensor cannot represent. */
const samples = [
  { values: Float32Array.of(11), reference: Float32Array.of(10) },
  { values: Float32Array.of(-9), reference: Float32Array.of(-10) },
  { values: Float32Array.of(20), reference: Float32Array.of(100) },
].map((logits) => ({ input: [], output: [], logits: { ...logits, range: { min: -20, max: 20 } } }))

function resultOf<State>(metric: {
  init(): State
  update(state: State, evaluation: (typeof samples)[number]): void
  finish(state: State): number
}): number {
  const state = metric.init()
  for (const sample of samples) metric.update(state, sample)
  return metric.finish(state)
}

it('counts what the tensor cannot represent unless values are clipped', () => {
  expect(resultOf(logitsSqnr())).toBeCloseTo(10 * Math.log10((100 + 100 + 10_000) / (1 + 1 + 6400)), 10)
  expect(resultOf(clippedSqnr())).toBeCloseTo(10 * Math.log10((100 + 100 + 400) / (1 + 1)), 10)
})

it('is that of the sample in the middle', () => {
  expect(resultOf(medianSqnr())).toBeCloseTo(20, 10)
})
