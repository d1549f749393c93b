import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { power } from './power.ts'

it('power rounds to within one float32 unit of Math.pow', () => {
  const random = seededRandom(1)
  for (let i = 0; i < 5_000; i++) {
    const [base, exponent] = [2 ** (random.normal() * 10), random.normal() * 4]
    const expected = Math.pow(base, exponent)
    expect(Math.abs(power(base, exponent) - expected)).toBeLessThanOrEqual(expected * 2 ** -43)
  }
})

const values = [0, -0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, Infinity, -Infinity, NaN]

it.each(values)('power of %d has the signs and ends of C', (base) => {
  for (const exponent of values) {
    // JavaScript gives NaN where C gives 1.
    const unlike = base === 1 || (base === -1 && Math.abs(exponent) === Infinity)
    const expected = unlike ? 1 : Math.pow(base, exponent)
    if (Math.abs(expected) > 0 && Math.abs(expected) < Infinity)
      expect(Math.fround(power(base, exponent))).toBe(Math.fround(expected))
    else expect(power(base, exponent)).toBe(expected)
  }
})
