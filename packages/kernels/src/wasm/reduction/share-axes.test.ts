import { expect, it } from 'vitest'
import { reducedAxes } from './reduced-axes.ts'
import { shareOfAxes } from './share-axes.ts'

it('divides the outermost kept group', () => {
  const axes = reducedAxes('MEAN', [4, 7, 3, 2, 64], [1, 3])!
  expect(shareOfAxes(axes, 16, { index: 1, count: 2 })).toEqual({
    kept: [
      { size: 2, step: 2688 },
      { size: 3, step: 128 },
    ],
    channels: 64,
    inputAt: 5376,
    outputAt: 384,
  })
})

it('divides channels where there is nothing else, at a multiple', () => {
  const axes = reducedAxes('MEAN', [7, 50], [0])!
  expect(shareOfAxes(axes, 16, { index: 1, count: 2 })).toEqual({
    kept: [],
    channels: 18,
    inputAt: 32,
    outputAt: 32,
  })
})

it('is all of it without a share', () => {
  const axes = reducedAxes('MEAN', [4, 7, 50], [1])!
  expect(shareOfAxes(axes, 16)).toEqual({ kept: axes.kept, channels: 50, inputAt: 0, outputAt: 0 })
})
