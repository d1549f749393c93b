import { expect, it } from 'vitest'
import { splitBinary } from './split-binary.ts'

it.each([
  [1, 0.5, 1],
  [6, 0.75, 3],
  [0.1, 0.8, -3],
  [Number.MAX_VALUE, 1 - 2 ** -53, 1024],
  [2 ** -1022, 0.5, -1021],
  [2 ** -1074, 0.5, -1073],
  [3 * 2 ** -1074, 0.75, -1072],
])('splits %d into %d * 2^%d', (value, fraction, exponent) => {
  expect(splitBinary(value)).toEqual({ fraction, exponent })
})
