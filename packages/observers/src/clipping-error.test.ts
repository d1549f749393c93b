import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { clippingError } from './clipping-error.ts'

it('is the squared distance of bins that start beyond', () => {
  const errorOf = clippingError([9, 0, 2, 5])
  expect(errorOf(0)).toBe(2 * 2 ** 2 + 5 * 3 ** 2)
  expect(errorOf(1.5)).toBe(2 * 0.5 ** 2 + 5 * 1.5 ** 2)
  expect(errorOf(2.5)).toBe(5 * 0.5 ** 2)
})

it('is 0 where no bin starts beyond', () => {
  const errorOf = clippingError([9, 0, 2, 5])
  expect(errorOf(3)).toBe(0)
  expect(errorOf(3.5)).toBe(0)
  expect(errorOf(1000)).toBe(0)
  expect(clippingError([])(0)).toBe(0)
})

it('is never above the error of values anywhere in their bins', () => {
  const random = seededRandom(3)
  const counts = Array.from({ length: 200 }, () => random.integer(1e6))
  const errorOf = clippingError(counts)
  for (let at = 0; at < 100; at++) {
    const [edge, place] = [random.next() * 200, random.next()]
    const truth = counts.reduce((sum, count, bin) => sum + count * Math.max(0, bin + place - edge) ** 2, 0)
    expect(errorOf(edge)).toBeLessThanOrEqual(truth * (1 + 1e-9) + 1e-3)
  }
})
