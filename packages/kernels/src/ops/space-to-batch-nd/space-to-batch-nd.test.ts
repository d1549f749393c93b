import { expect, it } from 'vitest'
import { sourcesOf } from '../../shared/element-walk.conformance.ts'
import { batchToSpaceWalk } from '../batch-to-space-nd/batch-to-space-nd.ts'
import { spaceToBatchWalk } from './space-to-batch-nd.ts'

it('makes an image of every second row and column', () => {
  const walk = spaceToBatchWalk([1, 2, 4, 1], [2, 2])
  expect(walk.shape).toEqual([4, 1, 2, 1])
  expect(sourcesOf(walk)).toEqual([0, 2, 1, 3, 4, 6, 5, 7])
})

it('is the inverse of BATCH_TO_SPACE_ND', () => {
  const there = sourcesOf(spaceToBatchWalk([2, 6, 4, 3], [3, 2]))
  const back = sourcesOf(batchToSpaceWalk([12, 2, 2, 3], { block: [3, 2], before: [0, 0], after: [0, 0] }))
  expect(back.map((at) => there[at])).toEqual(there.map((_, at) => at))
})

it('refuses what blocks do not fill', () => {
  expect(() => spaceToBatchWalk([1, 3, 2, 1], [2, 2])).toThrow('got dimension 1 of 3 in blocks of 2')
  expect(() => spaceToBatchWalk([1, 2], [2, 2])).toThrow('expected a dimension for each block size')
})
