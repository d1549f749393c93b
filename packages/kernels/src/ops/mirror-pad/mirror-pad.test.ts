import { expect, it } from 'vitest'
import { sourcesOf } from '../../shared/element-walk.conformance.ts'
import { mirrorPadWalk } from './mirror-pad.ts'

it.each([
  ['REFLECT', [2, 1, 0, 1, 2, 1]],
  ['SYMMETRIC', [1, 0, 0, 1, 2, 2]],
] as const)('%s', (mode, expected) => {
  const walk = mirrorPadWalk([3], { mode, before: [2], after: [1] })
  expect(walk.shape).toEqual([6])
  expect(sourcesOf(walk)).toEqual(expected)
})

it.each([
  ['REFLECT', [2], [0]],
  ['REFLECT', [0], [2]],
  ['SYMMETRIC', [3], [0]],
  ['SYMMETRIC', [-1], [0]],
] as const)('%s refuses %j before and %j after two elements', (mode, before, after) => {
  expect(() => mirrorPadWalk([2], { mode, before, after })).toThrow('expected amounts from 0 to the size')
})
