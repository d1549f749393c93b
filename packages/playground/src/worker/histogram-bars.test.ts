import { scanValues } from '@quantrx/core'
import { addToHistogram, emptyHistogram } from '@quantrx/observers'
import { expect, it } from 'vitest'
import { histogramBars } from './histogram-bars.ts'

function bars(values: readonly number[], count: number): readonly number[] {
  const histogram = emptyHistogram()
  addToHistogram(histogram, 'test', scanValues(Float32Array.from(values)))
  return histogramBars(histogram, count)
}

it('puts values where they are between the least and the largest', () => {
  expect(bars([0, 0, 0, 4], 4)).toEqual([1, 0, 0, Math.log1p(1) / Math.log1p(3)])
})

it('spreads bins that are wider than bars', () => {
  expect(bars([1000, 1000.5], 8).every((height) => height > 0)).toBe(true)
})

it('draws a single value as one bar', () => {
  expect(bars([2, 2], 4)).toEqual([1, 0, 0, 0])
})
