import { expect, it } from 'vitest'
import { sourcesOf } from '../../shared/element-walk.conformance.ts'
import { sliceWalk } from './slice.ts'

it('takes a block, to the end where the size is -1', () => {
  const walk = sliceWalk([3, 4], [1, 2], [1, -1])
  expect(walk.shape).toEqual([1, 2])
  expect(sourcesOf(walk)).toEqual([6, 7])
  expect(sliceWalk([4], [4], [-1]).shape).toEqual([0])
})

it.each([
  [[3], [2]],
  [[-1], [1]],
  [[0], [-2]],
  [[5], [-1]],
  [
    [0, 0],
    [1, 1],
  ],
])('refuses begin %j with size %j of four elements', (begin, size) => {
  expect(() => sliceWalk([4], begin, size)).toThrow('of [4], expected a slice within the tensor')
})
