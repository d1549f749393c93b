import { expect, it } from 'vitest'
import { roundHalfAwayFromZero, roundHalfToEven } from './round.ts'

it.each([
  [0.5, 1],
  [-0.5, -1],
  [2.5, 3],
  [-2.5, -3],
  [0.49999999999999994, 0],
  [-0.3, 0],
  [4503599627370497.5, 4503599627370498],
  [1e300, 1e300],
  [Infinity, Infinity],
])('rounds %d away from zero to %d', (value, expected) => {
  expect(roundHalfAwayFromZero(value)).toBe(expected)
})

it.each([
  [0.5, 0],
  [-0.5, 0],
  [1.5, 2],
  [2.5, 2],
  [-2.5, -2],
  [-3.5, -4],
  [0.49999999999999994, 0],
  [0.5000000000000001, 1],
  [-0.3, 0],
  [2251799813685247.5, 2251799813685248],
  [2251799813685248.5, 2251799813685248],
  [-2251799813685249.5, -2251799813685250],
  [1e300, 1e300],
  [-Infinity, -Infinity],
])('rounds %d to even to %d', (value, expected) => {
  expect(roundHalfToEven(value)).toBe(expected)
})

it('keeps NaN', () => {
  expect(roundHalfAwayFromZero(NaN)).toBeNaN()
  expect(roundHalfToEven(NaN)).toBeNaN()
})
