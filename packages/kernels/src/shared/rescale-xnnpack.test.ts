import { expect, it } from 'vitest'
import { rescaleStoredXnnpack } from './rescale-xnnpack.ts'

it('has 8 bits of fraction, rounds halves up and clamps', () => {
  const options = { inputZeroPoint: 1, outputZeroPoint: -3, range: { min: -128, max: 127 } }
  // 0.1 is 26 / 256: 100 * 26 / 256 = 10.16; 0.5 halves.
  expect([101, 1].map(rescaleStoredXnnpack({ ...options, factor: 0.1 }))).toEqual([7, -3])
  expect([2, 0, -2].map(rescaleStoredXnnpack({ ...options, factor: 0.5 }))).toEqual([-2, -3, -4])
  expect([127, -128].map(rescaleStoredXnnpack({ ...options, factor: -2 }))).toEqual([-128, 127])
})
