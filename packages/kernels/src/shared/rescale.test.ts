import { expect, it } from 'vitest'
import { rescaleStored } from './rescale.ts'

it('moves stored integers to another scale and zero point, and clamps', () => {
  const rescale = rescaleStored({
    factor: 2,
    inputZeroPoint: -10,
    outputZeroPoint: 5,
    range: { min: -128, max: 100 },
  })
  expect([-10, -9, -128, 60].map(rescale)).toEqual([5, 7, -128, 100])
})

it('rounds halves away from zero after a shift to the right', () => {
  const rescale = rescaleStored({
    factor: 0.25,
    inputZeroPoint: 0,
    outputZeroPoint: 0,
    range: { min: -128, max: 127 },
  })
  expect([2, -2, 6, -6].map(rescale)).toEqual([1, -1, 2, -2])
})
