import { expect, it } from 'vitest'
import { indexTuples } from '../../shared/index-tuples.ts'
import { gatherNd } from './gather-nd.ts'

const counting = (length: number) => Uint16Array.from({ length }, (_, at) => at)

it.each([
  ['elements', [2, 3], [2, 2], [1, 2, 0, 1], [5, 1]],
  ['slices', [2, 3], [2, 1], [1, 0], [3, 4, 5, 0, 1, 2]],
  ['everything, by a tuple of nothing', [3], [1, 0], [], [0, 1, 2]],
  ['one element, by a single tuple', [2, 3], [2], [1, 1], [4]],
])('takes %s', (_, shape, indicesShape, indices, expected) => {
  const output = new Uint16Array(expected.length)
  gatherNd(indexTuples('GATHER_ND', shape, indicesShape), 1)(counting(6), indices, output)
  expect([...output]).toEqual(expected)
})

it('moves elements of several words', () => {
  const output = new Uint16Array(2)
  gatherNd(indexTuples('GATHER_ND', [3], [1, 1]), 2)(counting(6), [1n], output)
  expect([...output]).toEqual([2, 3])
})

it('refuses indices outside the tensor, and tuples longer than its rank', () => {
  const run = gatherNd(indexTuples('GATHER_ND', [2, 3], [1, 2]), 1)
  expect(() => run(counting(6), [0, 3], new Uint16Array(1))).toThrow('got index 3, expected one from 0 to 2')
  expect(() => indexTuples('GATHER_ND', [2], [1, 2])).toThrow('got indices of shape [1, 2] into [2]')
  expect(() => indexTuples('GATHER_ND', [2], [])).toThrow('got indices of shape [] into [2]')
})
