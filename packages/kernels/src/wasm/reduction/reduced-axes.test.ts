import { expect, it } from 'vitest'
import { reducedAxes } from './reduced-axes.ts'

it('joins neighbouring axes and leaves out those of one position', () => {
  expect(reducedAxes('MEAN', [2, 7, 1, 7, 64], [1, -2])).toEqual({
    kept: [{ size: 2, step: 3136 }],
    reduced: [{ size: 49, step: 64 }],
    channels: 64,
  })
})

it('has one channel where the last axis is reduced', () => {
  expect(reducedAxes('MEAN', [3, 5], [1])).toEqual({
    kept: [{ size: 3, step: 5 }],
    reduced: [{ size: 5, step: 1 }],
    channels: 1,
  })
})

it('gives up on axes in more than two places', () => {
  expect(reducedAxes('MEAN', [2, 2, 2, 2, 2], [0, 2, 4])).toBeUndefined()
})

it('refuses an axis that is not there', () => {
  expect(() => reducedAxes('MEAN', [2, 2], [2])).toThrow('axis 2 of shape [2, 2]')
})
