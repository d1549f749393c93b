import { expect, it } from 'vitest'
import { foldSegments, sortedSegments } from './segment-sum.ts'

const sum = { operator: 'SUM', initial: 0, fold: (a: number, b: number) => a + b }

it('folds slices of one segment, and leaves out negative ones', () => {
  const output = new Int32Array(6)
  foldSegments(sum, 3)(Int32Array.of(1, 2, 3, 4, 5, 6, 7, 8), [2, 0, -1, 2], output)
  expect([...output]).toEqual([3, 4, 0, 0, 8, 10])
})

it('fills segments of nothing, wraps, and refuses segments that are not there', () => {
  const output = new Int32Array(2)
  foldSegments({ ...sum, initial: 5 }, 2)(new Int32Array(), [], output)
  expect([...output]).toEqual([5, 5])
  foldSegments(sum, 2)(Int32Array.of(2 ** 31 - 1, 1), [1, 1], output)
  expect([...output]).toEqual([0, -(2 ** 31)])
  expect(() => foldSegments(sum, 2)(Int32Array.of(1), [2], output)).toThrow(
    'got index 2, expected one from 0 to 1',
  )
})

it('counts segments, and refuses ids that leave one out or go back', () => {
  expect([[], [0], [0, 0, 1, 2, 2]].map(sortedSegments)).toEqual([0, 1, 3])
  expect(() => sortedSegments([1])).toThrow('got segment 1 after none, expected 0 first')
  expect(() => sortedSegments([-1])).toThrow('expected 0 first')
  expect(() => sortedSegments([0, 2])).toThrow('got segment 2 after 0, expected 0 or 1')
  expect(() => sortedSegments([0, 1, 0])).toThrow('got segment 0 after 1')
})
