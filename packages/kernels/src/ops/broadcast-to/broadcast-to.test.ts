import { expect, it } from 'vitest'
import { sourcesOf } from '../../shared/element-walk.conformance.ts'
import { broadcastToWalk } from './broadcast-to.ts'

it('repeats dimensions of size 1 and adds others in front', () => {
  const walk = broadcastToWalk([2, 1], [2, 2, 2])
  expect(walk.shape).toEqual([2, 2, 2])
  expect(sourcesOf(walk)).toEqual([0, 0, 1, 1, 0, 0, 1, 1])
})

it.each([[[3]], [[]], [[3, 1]]])('refuses [2] as %j', (target) => {
  expect(() => broadcastToWalk([2], target)).toThrow(
    'expected dimensions, counted from the last, that are 1 or equal',
  )
})
