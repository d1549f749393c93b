import { describeWithFixtures, goldenLines } from '@quantrx/testing'
import { expect, it } from 'vitest'
import { inverseSquareRoot } from './inverse-square-root.ts'

it.each([2, 3, 4, 100, 65025, 2 ** 29, 2 ** 31 - 1])('is close to 1 / sqrt(%d)', (value) => {
  const { multiplier, shift } = inverseSquareRoot(value)
  const root = 1 / Math.sqrt(value)
  expect(Math.abs(multiplier * 2 ** (shift - 31) - root)).toBeLessThan(root * 2 ** -19)
})

interface RootCase {
  readonly fn: string
  readonly input: number
  readonly output_inv_sqrt: number
  readonly output_shift: number
}

describeWithFixtures('inverse square roots equal TensorFlow Lite', () => {
  it('in multiplier and shift', () => {
    const cases = goldenLines<RootCase>('_primitives').filter(
      ({ fn }) => fn === 'GetInvSqrtQuantizedMultiplierExp',
    )
    expect(cases.length).toBeGreaterThan(20)
    expect(cases.map(({ input }) => inverseSquareRoot(input))).toEqual(
      cases.map(({ output_inv_sqrt: multiplier, output_shift: shift }) => ({ multiplier, shift })),
    )
  })
})
