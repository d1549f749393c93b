import { expect, it } from 'vitest'
import { sourcesOf } from '../../shared/element-walk.conformance.ts'
import { resizeNearestNeighborWalk } from './resize-nearest-neighbor.ts'

const row = (size: number, outputWidth: number, alignCorners = false, halfPixelCenters = false) =>
  sourcesOf(
    resizeNearestNeighborWalk([1, 1, size, 1], {
      outputHeight: 1,
      outputWidth,
      alignCorners,
      halfPixelCenters,
    }),
  )

it('takes the pixel that covers a position', () => {
  expect(row(2, 5)).toEqual([0, 0, 0, 1, 1])
  expect(row(5, 2)).toEqual([0, 2])
})

it('keeps the corners, rounding halves up, where they are aligned', () => {
  expect(row(2, 5, true)).toEqual([0, 0, 1, 1, 1])
  expect(row(4, 1, true)).toEqual([0])
})

it('measures from pixel centres', () => {
  expect(row(5, 2, false, true)).toEqual([1, 3])
})

it('keeps the channels of a pixel together', () => {
  const options = { outputHeight: 2, outputWidth: 1, alignCorners: false, halfPixelCenters: false }
  expect(sourcesOf(resizeNearestNeighborWalk([1, 1, 1, 2], options))).toEqual([0, 1, 0, 1])
})
