import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { cosine, sine } from './sine.ts'

it.each([
  ['sine', sine, Math.sin],
  ['cosine', cosine, Math.cos],
] as const)('%s is within 2^-50 of the engine, relatively, for float32 of all sizes', (_, own, engine) => {
  const random = seededRandom(1)
  for (let i = 0; i < 5_000; i++) {
    const x = Math.fround(random.normal() * 2 ** (random.integer(140) - 20))
    expect(Math.abs(own(x) - engine(x))).toBeLessThanOrEqual(2 ** -50 * Math.abs(engine(x)))
  }
})

it('keeps every bit where the angle nearly is a multiple of a right angle', () => {
  // A float32 close to one, 16367173 * 2^72, and the float32 nearest to pi; values from 50 digits.
  expect(cosine(16367173 * 2 ** 72)).toBe(-1.6147697982476211e-9)
  expect(sine(Math.fround(Math.PI))).toBe(-8.742278000372475e-8)
})

it('is odd and even, and NaN without an end', () => {
  expect([sine(-0), sine(-1), cosine(-1), sine(Infinity), cosine(NaN)]).toEqual([
    ...[-0, -sine(1), cosine(1), NaN, NaN],
  ])
})
