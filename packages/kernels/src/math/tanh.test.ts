import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { tanh } from './tanh.ts'

it('tanh is within 1e-15 of Math.tanh, relatively, however small the argument', () => {
  const random = seededRandom(1)
  for (let i = 0; i < 5_000; i++) {
    const x = (random.next() * 2 - 1) * 2 ** -random.integer(60) * 30
    expect(Math.abs(tanh(x) - Math.tanh(x))).toBeLessThanOrEqual(1e-15 * Math.abs(Math.tanh(x)))
  }
})

it('tanh keeps the sign of zero and NaN, and ends at 1', () => {
  expect([0, -0, Infinity, -Infinity, 1e300, NaN].map(tanh)).toEqual([0, -0, 1, -1, 1, NaN])
})
