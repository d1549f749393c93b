import { expect, it } from 'vitest'
import { sourcesOf } from '../../shared/element-walk.conformance.ts'
import { batchToSpaceWalk } from './batch-to-space-nd.ts'

it('interleaves the images of a batch', () => {
  const walk = batchToSpaceWalk([4, 1, 2, 1], { block: [2, 2], before: [0, 0], after: [0, 0] })
  expect(walk.shape).toEqual([1, 2, 4, 1])
  expect(sourcesOf(walk)).toEqual([0, 2, 1, 3, 4, 6, 5, 7])
})

it('crops afterwards', () => {
  const walk = batchToSpaceWalk([4, 1, 2, 1], { block: [2, 2], before: [1, 1], after: [0, 1] })
  expect(walk.shape).toEqual([1, 1, 2, 1])
  expect(sourcesOf(walk)).toEqual([6, 5])
})

it('takes other numbers of dimensions', () => {
  const walk = batchToSpaceWalk([4, 2, 1], { block: [2], before: [1], after: [1] })
  expect(walk.shape).toEqual([2, 2, 1])
  expect(sourcesOf(walk)).toEqual([4, 1, 6, 3])
})

it.each([
  ['a batch that does not fill blocks', [3, 1, 1, 1], { block: [2, 1], before: [0, 0], after: [0, 0] }],
  ['more crops than there is', [2, 1, 1, 1], { block: [2, 1], before: [2, 0], after: [1, 0] }],
  ['negative crops', [2, 1, 1, 1], { block: [2, 1], before: [-1, 0], after: [0, 0] }],
  ['blocks of nothing', [2, 1, 1, 1], { block: [0, 1], before: [0, 0], after: [0, 0] }],
  ['more blocks than dimensions', [2, 1], { block: [2, 1], before: [0, 0], after: [0, 0] }],
])('refuses %s', (_, shape, parameters) => {
  expect(() => batchToSpaceWalk(shape, parameters)).toThrow('BATCH_TO_SPACE_ND')
})
