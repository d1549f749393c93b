import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { observerConformance } from '../observer.conformance.ts'
import { entropy } from './entropy.ts'

observerConformance('entropy', entropy)

const tensor = { subgraph: 0, index: 0, name: 'x', shape: [1000] }
const random = seededRandom(6)
const normal = Float32Array.from({ length: 50_000 }, () => random.normal())

function rangeOf(values: Float32Array) {
  const observer = entropy()
  const state = observer.init(tensor)
  observer.update(state, values)
  return observer.finish(state)
}

it('cuts far values off at the same magnitude on both sides', () => {
  const values = normal.slice()
  values.set([10, -10])
  const { min, max } = rangeOf(values)
  expect(max).toBeGreaterThan(2.5)
  expect(max).toBeLessThan(5)
  expect(min).toBe(-max)
})

it('keeps 128 levels of equal counts whole', () => {
  const even = Float32Array.from({ length: 1024 }, (_, at) => (at + 0.5) / 1024)
  expect(rangeOf(even)).toEqual({ min: even[0], max: even[1023] })
})

it('does not count zeros, which are exact in any range', () => {
  const rectified = normal.map((value) => Math.max(0, value))
  const padded = new Float32Array(10 * rectified.length)
  padded.set(rectified)
  expect(rangeOf(padded)).toEqual(rangeOf(rectified))
})

it('never goes beyond the values', () => {
  expect(rangeOf(Float32Array.of(-2.5, -2.5))).toEqual({ min: -2.5, max: -2.5 })
  expect(rangeOf(Float32Array.of(3, 0, 1))).toEqual({ min: 0, max: 3 })
  expect(rangeOf(Float32Array.of(0, 0))).toEqual({ min: 0, max: 0 })
})

it('ends at the same numbers on every engine', () => {
  expect(rangeOf(normal)).toEqual({ min: -3.58203125, max: 3.58203125 })
})
