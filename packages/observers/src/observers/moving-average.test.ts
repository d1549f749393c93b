import { expect, it } from 'vitest'
import { observerConformance } from '../observer.conformance.ts'
import { movingAverage } from './moving-average.ts'

observerConformance('moving-average', movingAverage)

const tensor = { subgraph: 0, index: 0, name: 'x', shape: [2] }

it('starts with the first sample and moves a tenth of the way to each further one', () => {
  const observer = movingAverage(0.9)
  const state = observer.init(tensor)
  observer.update(state, Float32Array.of(0, 10))
  observer.update(state, Float32Array.of(-10, 20))
  const { min, max } = observer.finish(state)
  expect(min).toBeCloseTo(-1, 12)
  expect(max).toBeCloseTo(11, 12)
})

it.each([-0.1, 1, NaN])('refuses a smoothing of %d', (smoothing) => {
  expect(() => movingAverage(smoothing)).toThrow(
    `got smoothing ${smoothing}, expected a number from 0 up to but not 1`,
  )
})
