import { expect, it } from 'vitest'
import { rangeLength, rangeValues } from './range.ts'

it.each([
  [0, 5, 2, 3],
  [0, 4, 2, 2],
  [5, 0, -2, 3],
  [5, 0, 1, 0],
  [0, 1, 0.3, 4],
])('from %d to %d by %d are %d values', (start, limit, delta, expected) => {
  expect(rangeLength(start, limit, delta)).toBe(expected)
})

it('adds in the precision of the output', () => {
  const output = new Float32Array(3)
  rangeValues(Math.fround(0.1), Math.fround(0.1), (a, b) => a + b, output)
  expect([...output]).toEqual([0.1, Math.fround(0.1) * 2, Math.fround(Math.fround(0.1) * 3)].map(Math.fround))
  const integers = new BigInt64Array(2)
  rangeValues(7n, -3n, (a, b) => a + b, integers)
  expect([...integers]).toEqual([7n, 4n])
})
