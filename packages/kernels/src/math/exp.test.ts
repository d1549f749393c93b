import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { exp, expMinusOne } from './exp.ts'

/** Distance of `value` from `exact`, in units in the last place of a float64. */
function unitsInLastPlace(value: number, exact: number): number {
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(exact))), -1022)
  return Math.abs(value - exact) / 2 ** (exponent - 52)
}

describe('exp', () => {
  it('is within 1 unit in the last place of Math.exp', () => {
    const random = seededRandom(1)
    for (let i = 0; i < 5_000; i++) {
      const x = (random.next() * 2 - 1) * 708
      expect(unitsInLastPlace(exp(x), Math.exp(x))).toBeLessThanOrEqual(1)
    }
  })

  it('rounds to the same float32 as Math.exp for float32 arguments', () => {
    const random = seededRandom(2)
    for (let i = 0; i < 5_000; i++) {
      const x = Math.fround((random.next() * 2 - 1) * 90)
      expect(Math.fround(exp(x))).toBe(Math.fround(Math.exp(x)))
    }
  })

  it.each([
    [0, 1],
    [-0, 1],
    [Infinity, Infinity],
    [-Infinity, 0],
    [709.782712893384, 1.7976931348622732e308],
    [709.79, Infinity],
    [1e308, Infinity],
    [-708.5, 2.006132305331306e-308],
    [-740, 4.2e-322],
    [-745.13, 5e-324],
    [-745.14, 0],
    [-1e308, 0],
  ])('of %d is %d', (x, expected) => {
    expect(exp(x)).toBe(expected)
  })

  it('of NaN is NaN', () => {
    expect(exp(NaN)).toBeNaN()
  })
})

describe('expMinusOne', () => {
  it('is within 2 units in the last place of Math.expm1, however small the argument', () => {
    const random = seededRandom(3)
    for (let i = 0; i < 5_000; i++) {
      const x = (random.next() * 2 - 1) * 2 ** -random.integer(60) * 30
      if (x !== 0) expect(unitsInLastPlace(expMinusOne(x), Math.expm1(x))).toBeLessThanOrEqual(2)
    }
  })

  it('is -1, Infinity and NaN where it should be', () => {
    expect([-Infinity, -100, Infinity, 800, NaN].map(expMinusOne)).toEqual([-1, -1, Infinity, Infinity, NaN])
  })
})
