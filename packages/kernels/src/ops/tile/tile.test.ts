import { expect, it } from 'vitest'
import { sourcesOf } from '../../shared/element-walk.conformance.ts'
import { tileWalk } from './tile.ts'

it('repeats along every dimension, also no times', () => {
  const walk = tileWalk([1, 2], [2, 2])
  expect(walk.shape).toEqual([2, 4])
  expect(sourcesOf(walk)).toEqual([0, 1, 0, 1, 0, 1, 0, 1])
  expect(tileWalk([1, 2], [0, 1]).shape).toEqual([0, 2])
})

it.each([[[1, 2]], [[-1]]])('refuses multiples %j of one dimension', (times) => {
  expect(() => tileWalk([2], times)).toThrow('expected a number of times, 0 or more, for each dimension')
})
