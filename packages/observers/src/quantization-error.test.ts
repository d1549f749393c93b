import { scanValues, seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { addToHistogram, emptyHistogram } from './histogram.ts'
import { quantizationError } from './quantization-error.ts'

function errorOf(values: readonly number[], range: { min: number; max: number }): number {
  const histogram = emptyHistogram()
  addToHistogram(histogram, 'test', scanValues(Float32Array.from(values)))
  return quantizationError(histogram)(range) * 4 ** histogram.exponent
}

/** Evenly spread over [from, to), in quarters of a bin. */
const spread = (from: number, to: number): number[] =>
  Array.from({ length: 4096 }, (_, at) => from + ((to - from) * at) / 4096)

it('is a twelfth of the squared step where nothing is clipped', () => {
  const values = [...spread(0, 0.75), ...spread(-0.75, 0)]
  const step = 2 / 255
  expect(errorOf(values, { min: -1, max: 1 })).toBeCloseTo((values.length * step ** 2) / 12, 3)
})

it('is the squared distance from the last level where values are clipped', () => {
  expect(errorOf([4, 4, 0], { min: 0, max: 1 })).toBeCloseTo(18, 4)
  expect(errorOf([-4, 0.5, 0.5], { min: -1, max: 0 })).toBeCloseTo(9 + 2 * 0.25, 1)
})

it('does not depend on the step at 0', () => {
  const zeros = new Array<number>(100).fill(0)
  const narrow = errorOf([...zeros, -1, 1], { min: -1, max: 1 })
  const wide = errorOf([...zeros, -1, 1], { min: -100, max: 155 })
  expect(Math.abs(narrow - wide)).toBeLessThan(0.01)
})

it('tells errors up to a limit as without one, and none that is clearly above it', () => {
  const random = seededRandom(8)
  const histogram = emptyHistogram()
  const values = Float32Array.from({ length: 5000 }, () => random.normal() ** 3)
  addToHistogram(histogram, 'test', scanValues(values))
  const errorIn = quantizationError(histogram)
  for (let at = 0; at < 200; at++) {
    const range = { min: -50 * random.next(), max: 50 * random.next() }
    const error = errorIn(range)
    expect(errorIn(range, error)).toBe(error)
    expect(errorIn(range, 2 * error)).toBe(error)
    expect([error, Infinity]).toContain(errorIn(range, 0.9 * error))
  }
  expect(errorIn({ min: -0.01, max: 0.01 }, 0.9 * errorIn({ min: -0.01, max: 0.01 }))).toBe(Infinity)
  expect(errorIn({ min: -50, max: 500 }, 0.1 * errorIn({ min: -50, max: 500 }))).toBe(Infinity)
})
