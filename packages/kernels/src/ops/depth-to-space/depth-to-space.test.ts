import { expect, it } from 'vitest'
import { sourcesOf } from '../../shared/element-walk.conformance.ts'
import { depthToSpaceWalk } from './depth-to-space.ts'

it('spreads channels over blocks of pixels', () => {
  const walk = depthToSpaceWalk([1, 1, 2, 8], 2)
  expect(walk.shape).toEqual([1, 2, 4, 2])
  expect(sourcesOf(walk)).toEqual([0, 1, 2, 3, 8, 9, 10, 11, 4, 5, 6, 7, 12, 13, 14, 15])
})

it.each([2, 0])('refuses three channels in blocks of %d', (blockSize) => {
  expect(() => depthToSpaceWalk([1, 1, 1, 3], blockSize)).toThrow('got channels 3 in blocks of')
})

it('refuses what is no batch of images', () => {
  expect(() => depthToSpaceWalk([1, 1, 4], 2)).toThrow(
    'got shape [1, 1, 4], expected [batch, height, width, channels]',
  )
})
