import { expect, it } from 'vitest'
import { sourcesOf } from '../../shared/element-walk.conformance.ts'
import { spaceToDepthWalk } from './space-to-depth.ts'

it('gathers blocks of pixels in channels', () => {
  const walk = spaceToDepthWalk([1, 2, 4, 1], 2)
  expect(walk.shape).toEqual([1, 1, 2, 4])
  expect(sourcesOf(walk)).toEqual([0, 1, 4, 5, 2, 3, 6, 7])
})

it.each([
  [[1, 3, 2, 1], 'height 3'],
  [[1, 2, 5, 1], 'width 5'],
])('refuses %j in blocks of 2', (shape, found) => {
  expect(() => spaceToDepthWalk(shape, 2)).toThrow(`got ${found} in blocks of 2`)
})
