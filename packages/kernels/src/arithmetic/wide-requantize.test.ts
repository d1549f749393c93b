import { describeWithFixtures, goldenLines } from '@quantrx/testing'
import { expect, it } from 'vitest'
import { multiplyWideByQuantizedMultiplier, wideRequantizer } from './wide-requantize.ts'

interface WideLine {
  readonly fn: string
  readonly x: string
  readonly quantized_multiplier: number
  readonly shift: number
  readonly result: number
}

describeWithFixtures('64-bit sums', () => {
  it('are multiplied as upstream does', () => {
    const lines = goldenLines<WideLine>('_primitives').filter(
      ({ fn }) => fn === 'MultiplyByQuantizedMultiplier_int64',
    )
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) {
      const value = multiplyWideByQuantizedMultiplier(Number(line.x), line.quantized_multiplier, line.shift)
      expect([line, value]).toEqual([line, line.result])
    }
  })
})

it('takes sums beyond the exact products of float64', () => {
  // 2^46 * 32767 / 2^46, where one more or less in the sum changes the rounding.
  expect(multiplyWideByQuantizedMultiplier(2 ** 46, 0x7fff0000, -31)).toBe(32767)
  expect(multiplyWideByQuantizedMultiplier(2 ** 46 - 2 ** 31, 0x7fff0000, -31)).toBe(32766)
})

it('refuses factors beyond its arithmetic', () => {
  const options = { arithmetic: 'tflite', zeroPoint: 0, range: { min: -1, max: 1 } } as const
  expect(() => wideRequantizer({ ...options, scales: [300] })).toThrow('got 300, expected less than 128')
})
