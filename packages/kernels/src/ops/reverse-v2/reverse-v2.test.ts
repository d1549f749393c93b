import { expect, it } from 'vitest'
import { sourcesOf } from '../../shared/element-walk.conformance.ts'
import { reverseWalk } from './reverse-v2.ts'

it('turns the given dimensions around', () => {
  expect(sourcesOf(reverseWalk([2, 3], [1]))).toEqual([2, 1, 0, 5, 4, 3])
  expect(sourcesOf(reverseWalk([2, 3], [0, -1]))).toEqual([5, 4, 3, 2, 1, 0])
})

it('refuses an axis that is not there', () => {
  expect(() => reverseWalk([2, 3], [2])).toThrow('axis 2 of shape [2, 3]')
})
