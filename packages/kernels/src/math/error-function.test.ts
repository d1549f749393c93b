import { expect, it } from 'vitest'
import { complementaryErrorFunction } from './error-function.ts'

it.each([
  [0, 1],
  [0.1, 0.8875370839817152],
  [0.5, 0.4795001221869535],
  [1, 0.15729920705028513],
  [2, 0.004677734981047266],
  [2.5, 0.00040695201744495886],
  [3, 2.209049699858544e-5],
  [5, 1.5374597944280347e-12],
  [10, 2.088487583762545e-45],
  [-1, 1.842700792949715],
  [-3, 1.9999779095030015],
  [Infinity, 0],
  [-Infinity, 2],
])('complementaryErrorFunction of %d is %d', (x, expected) => {
  expect(Math.abs(complementaryErrorFunction(x) - expected)).toBeLessThanOrEqual(1e-12 * expected)
})

it('has no seam between series and fraction, and keeps NaN', () => {
  const [below, above] = [2.5 - 2 ** -30, 2.5].map(complementaryErrorFunction)
  // The derivative there, -2 / sqrt(pi) * e^-6.25, times the step.
  expect(below! - above!).toBeCloseTo(0.00217828 * 2 ** -30, 15)
  expect(complementaryErrorFunction(NaN)).toBeNaN()
})
