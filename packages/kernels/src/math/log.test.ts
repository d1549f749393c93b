import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { log } from './log.ts'

it('log is within 2 units in the last place of Math.log, near 1 too', () => {
  const random = seededRandom(1)
  for (let i = 0; i < 5_000; i++) {
    const x =
      i % 2 === 0 ? 2 ** ((random.next() * 2 - 1) * 1000) : 1 + random.normal() * 2 ** -random.integer(40)
    const expected = Math.log(x)
    if (x > 0) expect(Math.abs(log(x) - expected)).toBeLessThanOrEqual(2 ** -51 * Math.abs(expected))
  }
})

it('log of high-precision values', () => {
  // ln 2, ln 10 and ln 1.1, correctly rounded.
  expect([2, 10, 1.1].map(log)).toEqual([0.6931471805599453, 2.302585092994046, 0.09531017980432493])
})

it('log ends where it should', () => {
  expect([0, -0, 1, Infinity, -1, -Infinity, NaN].map(log)).toEqual([
    ...[-Infinity, -Infinity, 0, Infinity, NaN, NaN, NaN],
  ])
  expect(log(2 ** -1074)).toBeCloseTo(-744.4400719213812, 12)
})
