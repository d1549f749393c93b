import { expect, it } from 'vitest'
import { fakeQuantization } from './fake-quantization.ts'

it('moves the range so that 0 is one of the integers', () => {
  const wide = { bits: 8, narrowRange: false }
  expect(fakeQuantization({ min: -1, max: 1, bits: 8, narrowRange: true })).toEqual({
    ...{ scale: Math.fround(2 / 254), zeroPoint: 128, lowest: 1, highest: 255 },
  })
  expect(fakeQuantization({ min: 0, max: 6, ...wide })).toMatchObject({ zeroPoint: 0, lowest: 0 })
  expect(fakeQuantization({ min: -6, max: 0, ...wide })).toMatchObject({ zeroPoint: 255, highest: 255 })
  expect(fakeQuantization({ min: 0, max: 0, ...wide })).toMatchObject({ scale: 0, zeroPoint: 0 })
})
