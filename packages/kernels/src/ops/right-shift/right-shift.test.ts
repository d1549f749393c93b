import { expect, it } from 'vitest'
import { rightShift } from './right-shift.ts'

it.each([
  [8, -5, 1, -3],
  [8, -1, 100, -1],
  [8, 127, -3, 127],
  [32, 2 ** 32 - 1, 31, 1],
  [32, -(2 ** 31), 31, -1],
])('shifts within %d bits: %d by %d is %d', (bits, value, distance, expected) => {
  expect(rightShift(bits)(value, distance)).toBe(expected)
})
