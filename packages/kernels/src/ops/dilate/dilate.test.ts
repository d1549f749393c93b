import { expect, it } from 'vitest'
import { dilate, dilatedShape } from './dilate.ts'

it('puts elements apart', () => {
  expect(dilatedShape([2, 3], [2, 3])).toEqual([3, 7])
  const output = new Uint8Array(9)
  dilate([2, 2], [2, 2], 1)(Uint8Array.of(1, 2, 3, 4), Uint8Array.of(7), output)
  expect([...output]).toEqual([1, 7, 2, 7, 7, 7, 3, 7, 4])
})

it('moves elements of several words, and nothing of nothing', () => {
  const output = new Uint16Array(6)
  dilate([2], [2], 2)(Uint16Array.of(1, 2, 3, 4), Uint16Array.of(8, 9), output)
  expect([...output]).toEqual([1, 2, 8, 9, 3, 4])
  expect(dilatedShape([0], [2])).toEqual([0])
})
