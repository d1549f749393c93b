import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { naturalLogarithm } from './natural-logarithm.ts'

it('is as precise as double numbers are', () => {
  const random = seededRandom(1)
  for (let at = 0; at < 1000; at++) {
    const value = (random.next() + 1e-9) * 2 ** (random.integer(120) - 60)
    const truth = Math.log(value)
    const error = Math.abs(naturalLogarithm(value) - truth)
    expect(error).toBeLessThan(1e-15 * Math.max(1, Math.abs(truth)))
  }
})

it('is exact at 1, and the same on both sides of it', () => {
  expect(naturalLogarithm(1)).toBe(0)
  expect(naturalLogarithm(0.25)).toBe(-naturalLogarithm(4))
})
