import { expect, it } from 'vitest'
import { observerConformance } from '../observer.conformance.ts'
import { minMax } from './min-max.ts'

observerConformance('minmax', minMax)

it('finds the extremes of all samples', () => {
  const observer = minMax()
  const state = observer.init({ subgraph: 0, index: 0, name: 'x', shape: [2] })
  observer.update(state, Float32Array.of(1, 3))
  observer.update(state, Float32Array.of(-2, 2))
  expect(observer.finish(state)).toEqual({ min: -2, max: 3 })
})

it('keeps ranges that do not contain 0', () => {
  const observer = minMax()
  const state = observer.init({ subgraph: 0, index: 0, name: 'x', shape: [2] })
  observer.update(state, Float32Array.of(-3, -1))
  expect(observer.finish(state)).toEqual({ min: -3, max: -1 })
})
