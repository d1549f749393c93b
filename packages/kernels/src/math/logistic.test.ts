import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { logistic } from './logistic.ts'

it('logistic is within 1e-15 of 1 / (1 + Math.exp(-x)), relatively', () => {
  const random = seededRandom(1)
  for (let i = 0; i < 5_000; i++) {
    const x = (random.next() * 2 - 1) * 100
    const expected = 1 / (1 + Math.exp(-x))
    expect(Math.abs(logistic(x) - expected)).toBeLessThanOrEqual(1e-15 * expected)
  }
})

it('logistic ends at 0 and 1 and keeps NaN', () => {
  expect([-Infinity, -1000, 0, 40, Infinity, NaN].map(logistic)).toEqual([0, 0, 0.5, 1, 1, NaN])
})
