import { describeWithFixtures, goldenLines } from '@quantrx/testing'
import { describe, expect, it } from 'vitest'
import { exponentialOfNegative, fixedPointReciprocal, reciprocalOfOnePlus } from './gemmlowp.ts'

interface Primitive {
  readonly fn: string
  readonly input_raw: number
  readonly input_integer_bits: number
  readonly result_raw: number
  readonly x: number
  readonly x_integer_digits: number
  readonly result: number
  readonly num_bits_over_unit: number
}

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

describeWithFixtures('equals the upstream functions on golden values', () => {
  const linesOf = (name: string): readonly Primitive[] =>
    goldenLines<Primitive>('_primitives').filter(({ fn }) => fn === name)

  it('exp_on_negative_values', () => {
    const lines = linesOf('exp_on_negative_values')
    expect(lines.length).toBeGreaterThan(0)
    for (const { input_raw, input_integer_bits, result_raw } of lines) {
      expect(exponentialOfNegative(input_raw, input_integer_bits)).toBe(result_raw)
    }
  })

  it('one_over_one_plus_x_for_x_in_0_1', () => {
    const lines = linesOf('one_over_one_plus_x_for_x_in_0_1')
    expect(lines.length).toBeGreaterThan(0)
    for (const { input_raw, result_raw } of lines) expect(reciprocalOfOnePlus(input_raw)).toBe(result_raw)
  })

  it('GetReciprocal', () => {
    const lines = linesOf('GetReciprocal')
    expect(lines.length).toBeGreaterThan(0)
    for (const { x, x_integer_digits, result, num_bits_over_unit } of lines) {
      const expected = { significand: result, exponent: num_bits_over_unit }
      expect(fixedPointReciprocal(x, x_integer_digits)).toEqual(expected)
    }
  })
})
