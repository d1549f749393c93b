import { scanValues } from '@quantrx/core'
import { expect, it } from 'vitest'
import { addToHistogram, emptyHistogram, histogramQuantile } from './histogram.ts'

function histogramOf(...values: number[]) {
  const histogram = emptyHistogram()
  addToHistogram(histogram, 'test', scanValues(Float32Array.from(values)))
  return histogram
}

it('is as wide as the largest magnitude asks for', () => {
  expect(2 ** histogramOf(1).exponent).toBe(2 / 1024)
  expect(2 ** histogramOf(-1.99).exponent).toBe(2 / 1024)
  expect(2 ** histogramOf(2).exponent).toBe(4 / 1024)
})

it('counts every value in a bin that contains it', () => {
  const { counts, exponent } = histogramOf(0, -1, 1, 0.3, -1e-30)
  const width = 2 ** exponent
  const bins = counts.flatMap((count, bin) => (count > 0 ? [[(bin - 1024) * width, count]] : []))
  expect(bins).toEqual([
    [-1, 1],
    [-width, 1],
    [0, 1],
    [Math.floor(Math.fround(0.3) / width) * width, 1],
    [1, 1],
  ])
})

it('counts the same whether values come before or after a wider one', () => {
  const values = [1e-30, -1e-30, 0.1, -0.1, 3, -7]
  expect(histogramOf(...values, 5000)).toEqual(histogramOf(5000, ...values))
})

it('interpolates inside a bin', () => {
  expect(histogramQuantile(histogramOf(1, 1, 1, 1), 0.5)).toBe(1)
  expect(histogramQuantile(histogramOf(0, 1), 0)).toBe(0)
  expect(histogramQuantile(histogramOf(0, 1), 1)).toBe(1)
})
