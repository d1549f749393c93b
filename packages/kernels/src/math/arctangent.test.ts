import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { arctangent2 } from './arctangent.ts'

it('is within 2^-50 of the engine, relatively, for float32 of all sizes', () => {
  const random = seededRandom(1)
  const draw = (): number => Math.fround(random.normal() * 2 ** (random.integer(80) - 40))
  for (let i = 0; i < 5_000; i++) {
    const [y, x] = [draw(), draw()]
    const expected = Math.atan2(y, x)
    expect(Math.abs(arctangent2(y, x) - expected)).toBeLessThanOrEqual(2 ** -50 * Math.abs(expected))
  }
})

const values = [0, -0, 1, -1, Infinity, -Infinity, NaN, 2 ** -149, 2 ** 127]

it.each(values)('has the signs and ends of C for y of %d', (y) => {
  for (const x of values) {
    const [own, engine] = [arctangent2(y, x), Math.atan2(y, x)]
    expect(Object.is(own, engine) || Math.abs(own - engine) <= 2 ** -50 * Math.abs(engine)).toBe(true)
  }
})
