import { describeWithFixtures, goldenLines } from '@quantrx/testing'
import { expect, it } from 'vitest'
import {
  multiplyByQuantizedMultiplier,
  multiplyRoundingOnce,
  quantizeMultiplier,
  roundingDivideByPowerOfTwo,
  saturatingRoundingDoublingHighMultiply,
} from './fixed-point.ts'

it.each([
  [1, 1073741824, 1],
  [0.75, 1610612736, 0],
  [0.5, 1073741824, 0],
  [0.1, 1717986918, -3],
  [0.0003, 1319413953, -11],
  [1.7, 1825361101, 1],
  [0, 0, 0],
  [2 ** -33, 0, 0],
  [1 - 2 ** -40, 1073741824, 1],
])('writes the factor %d as %d * 2^(%d - 31)', (factor, multiplier, shift) => {
  expect(quantizeMultiplier(factor)).toEqual({ multiplier, shift })
})

it.each([
  [1666, 1],
  [1667, 1],
  [5000, 2],
  [-5000, -2],
  [8333, 3],
  [12345, 4],
])('rounds twice: %d * 0.0003 is %d', (value, expected) => {
  const { multiplier, shift } = quantizeMultiplier(0.0003)
  expect(multiplyByQuantizedMultiplier(value, multiplier, shift)).toBe(expected)
})

it.each([Infinity, NaN, -1])('refuses the factor %d', (factor) => {
  expect(() => quantizeMultiplier(factor)).toThrow(`got ${factor}, expected a finite number of 0 or more`)
})

interface Primitive {
  readonly result_single_rounding: number
  readonly fn: string
  readonly a: number
  readonly b: number
  readonly x: number
  readonly exponent: number
  readonly multiplier: number
  readonly quantized_multiplier: number
  readonly shift: number
  readonly result: number
}

describeWithFixtures('fixed-point arithmetic equals gemmlowp and TensorFlow Lite', () => {
  const cases = (name: string): readonly Primitive[] =>
    goldenLines<Primitive>('_primitives').filter(({ fn }) => fn === name)

  it('multiplies high', () => {
    const own = cases('SaturatingRoundingDoublingHighMul')
    expect(own.length).toBeGreaterThan(100)
    expect(own.map(({ a, b }) => saturatingRoundingDoublingHighMultiply(a, b))).toEqual(
      own.map(({ result }) => result),
    )
  })

  it('divides by powers of two', () => {
    const own = cases('RoundingDivideByPOT')
    expect(own.length).toBeGreaterThan(100)
    expect(own.map(({ x, exponent }) => roundingDivideByPowerOfTwo(x, exponent))).toEqual(
      own.map(({ result }) => result),
    )
  })

  it('quantizes factors', () => {
    const own = cases('QuantizeMultiplier')
    expect(own.length).toBeGreaterThan(100)
    expect(own.map(({ multiplier }) => quantizeMultiplier(multiplier))).toEqual(
      own.map(({ quantized_multiplier: multiplier, shift }) => ({ multiplier, shift })),
    )
  })

  it('multiplies by quantized factors', () => {
    const own = cases('MultiplyByQuantizedMultiplier')
    expect(own.length).toBeGreaterThan(500)
    expect(
      own.map(({ x, quantized_multiplier: multiplier, shift }) =>
        multiplyByQuantizedMultiplier(x, multiplier, shift),
      ),
    ).toEqual(own.map(({ result }) => result))
  })

  it('multiplies by quantized factors, rounding once', () => {
    const own = cases('MultiplyByQuantizedMultiplier')
    expect(own.some(({ result, result_single_rounding: once }) => result !== once)).toBe(true)
    expect(
      own.map(({ x, quantized_multiplier: multiplier, shift }) => multiplyRoundingOnce(x, multiplier, shift)),
    ).toEqual(own.map(({ result_single_rounding: once }) => once))
  })
})
