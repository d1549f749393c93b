import { expect, it } from 'vitest'
import { median, quantile } from './statistics.ts'

it('takes the middle of an odd number of values and the mean of the middle two of an even number', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([9, 1, 5, 7])).toBe(6)
})

it('takes the value that a share of the values do not exceed', () => {
  const values = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
  expect(quantile(values, 0.1)).toBe(1)
  expect(quantile(values, 0.11)).toBe(2)
  expect(quantile(values, 1)).toBe(10)
  expect(quantile([3], 0.1)).toBe(3)
})

it('sorts numbers, not their digits, and leaves the values as they were', () => {
  const values = [100, 20, 3]
  expect(median(values)).toBe(20)
  expect(values).toEqual([100, 20, 3])
})

it('has no number for no values', () => {
  expect(median([])).toBeNaN()
  expect(quantile([], 0.5)).toBeNaN()
})
