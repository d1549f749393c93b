import { expect, it } from 'vitest'
import { chartScale } from './chart-scale.ts'

it('has room for what was seen, what was chosen, and 0', () => {
  const { at } = chartScale({ min: 2, max: 6 }, { min: 1, max: 8 }, 100)
  expect([at(0), at(8), at(4)].map(Math.round)).toEqual([1, 99, 50])
})

it('draws a layer that is 0 everywhere', () => {
  expect(chartScale({ min: 0, max: 0 }, undefined, 100).at(0)).toBe(1)
})
