import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { observerConformance } from '../observer.conformance.ts'
import { percentile } from './percentile.ts'

observerConformance('percentile:99.99', () => percentile(99.99))
observerConformance('percentile:100', () => percentile(100))

const tensor = { subgraph: 0, index: 0, name: 'x', shape: [1000] }

function rangeOf(percent: number, values: Float32Array) {
  const observer = percentile(percent)
  const state = observer.init(tensor)
  observer.update(state, values)
  return observer.finish(state)
}

it('cuts half of the rest at each end, precise to a bin', () => {
  const values = Float32Array.from({ length: 10_000 }, (_, at) => at / 10_000)
  const { min, max } = rangeOf(98, values)
  expect(Math.abs(min - 0.01)).toBeLessThan(1 / 512)
  expect(Math.abs(max - 0.99)).toBeLessThan(1 / 512)
})

it('is the whole range at 100 per cent', () => {
  const random = seededRandom(1)
  const values = Float32Array.from({ length: 1000 }, () => random.normal())
  expect(rangeOf(100, values)).toEqual({ min: Math.min(...values), max: Math.max(...values) })
})

it('leaves outliers out', () => {
  const values = new Float32Array(100_000).fill(0.5)
  values[7] = 1000
  expect(rangeOf(99.9, values).max).toBeLessThan(2)
})

it('gives the value itself when all values are equal', () => {
  expect(rangeOf(99, new Float32Array(10).fill(-2.5))).toEqual({ min: -2.5, max: -2.5 })
})

it.each([0, 100.1, NaN])('refuses %d per cent', (percent) => {
  expect(() => percentile(percent)).toThrow('expected more than 0 and at most 100')
})
