import { expect, it } from 'vitest'
import { channelsFirst, channelsFirstShape } from './channels-first.ts'

it('moves channels before height and width', () => {
  const shape = [2, 1, 3, 2]
  const values = Float32Array.of(0, 10, 1, 11, 2, 12, 100, 110, 101, 111, 102, 112)
  expect(channelsFirstShape(shape)).toEqual([2, 2, 1, 3])
  expect([...channelsFirst(values, shape)]).toEqual([0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112])
})

it('leaves other ranks alone', () => {
  expect(channelsFirstShape([2, 3])).toEqual([2, 3])
  expect([...channelsFirst(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3])]).toEqual([1, 2, 3, 4, 5, 6])
})
