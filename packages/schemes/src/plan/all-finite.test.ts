import { expect, it } from 'vitest'
import { allFinite } from './all-finite.ts'

it('finds NaN and infinities wherever they stand', () => {
  expect(allFinite(new Float32Array())).toBe(true)
  expect(allFinite(Float32Array.of(1, -3.4e38, 0))).toBe(true)
  for (const value of [NaN, Infinity, -Infinity]) {
    for (const at of [0, 1, 2])
      expect(allFinite(Float32Array.of(1, 2, 3).fill(value, at, at + 1))).toBe(false)
  }
})
