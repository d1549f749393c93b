import { ShapeError } from '@quantrx/core'
import { expect, it } from 'vitest'
import { broadcastPositions } from './broadcast-positions.ts'

it('tells where repeated elements stand', () => {
  expect([...broadcastPositions([2, 1], [2, 3])!]).toEqual([0, 0, 0, 1, 1, 1])
  expect([...broadcastPositions([3], [2, 3])!]).toEqual([0, 1, 2, 0, 1, 2])
  expect([...broadcastPositions([], [2, 2])!]).toEqual([0, 0, 0, 0])
  expect([...broadcastPositions([2, 1, 2], [2, 2, 2])!]).toEqual([0, 1, 0, 1, 2, 3, 2, 3])
})

it('has nothing to tell of equal shapes, and refuses others', () => {
  expect(broadcastPositions([2, 3], [2, 3])).toBeUndefined()
  expect(() => broadcastPositions([4], [2, 3])).toThrow(ShapeError)
  expect(() => broadcastPositions([2, 3], [1, 3])).toThrow(
    'got shape [2, 3], expected one that is repeated to [1, 3]',
  )
})
