import { expect, it } from 'vitest'
import { quantile } from './quantile.ts'

it.each([
  [[3, 1, 2], 0.5, 2],
  [[4, 1, 2, 3], 0.5, 2.5],
  [[10, 20], 0.1, 11],
  [[7], 0.1, 7],
  [[1, 2, 3], 1, 3],
  [[], 0.5, NaN],
])('of %j at %d is %d', (values, share, expected) => {
  expect(quantile(values, share)).toBe(expected)
})
