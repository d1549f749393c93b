import { describe, expect, it } from 'vitest'
import { exponentialOfNegative, fixedPointReciprocal, reciprocalOfOnePlus } from './gemmlowp.ts'

describe('exponentialOfNegative', () => {
  it('is 2^31 - 1, the largest Q0 number, at 0', () => {
    expect(exponentialOfNegative(0, 5)).toBe(2147483647)
  })

  it('stays within 2^-21 of e^a for every 1/64 from -32 to 0', () => {
    for (let step = -2048; step <= 0; step++) {
      const real = exponentialOfNegative(step * 2 ** 20, 5) / 2 ** 31
      expect(Math.abs(real - Math.exp(step / 64))).toBeLessThan(2 ** -21)
    }
  })

  it('is 0 below -32 where the format reaches that far', () => {
    expect(exponentialOfNegative(-33 * 2 ** 25, 6)).toBe(0)
    expect(exponentialOfNegative(-(2 ** 25), 6)).toBeGreaterThan(0)
  })
})

describe('reciprocalOfOnePlus', () => {
  it('is 1 at 0 and 1/2 at 1', () => {
    expect(reciprocalOfOnePlus(0)).toBe(2147483647)
    expect(reciprocalOfOnePlus(2147483647) / 2 ** 31).toBeCloseTo(0.5, 8)
  })

  it('stays within 2^-28 of 1 / (1 + a)', () => {
    for (let step = 0; step < 256; step++) {
      const real = reciprocalOfOnePlus(step * 2 ** 23) / 2 ** 31
      expect(Math.abs(real - 1 / (1 + step / 256))).toBeLessThan(2 ** -28)
    }
  })
})

describe('fixedPointReciprocal', () => {
  it('splits 1 / 3 into 2/3 and 2^-1', () => {
    const { significand, exponent } = fixedPointReciprocal(3 * 2 ** 19, 12)
    expect(significand / 2 ** 31).toBeCloseTo(2 / 3, 7)
    expect(exponent).toBe(1)
  })
})
