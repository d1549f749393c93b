import { expect, it } from 'vitest'
import { sourcesOf } from '../../shared/element-walk.conformance.ts'
import { stridedSliceWalk } from './strided-slice.ts'
import type { StridedSliceParameters } from './strided-slice.ts'

const noMasks = {
  beginMask: 0,
  endMask: 0,
  ellipsisMask: 0,
  newAxisMask: 0,
  shrinkAxisMask: 0,
  offset: false,
}

const slice = (
  begin: readonly number[],
  end: readonly number[],
  strides: readonly number[],
  masks: Partial<StridedSliceParameters> = {},
): StridedSliceParameters => ({ ...noMasks, begin, end, strides, ...masks })

it.each([
  ['forwards', [10], slice([1], [8], [3]), [3], [1, 4, 7]],
  ['backwards', [5], slice([-1], [-4], [-1]), [3], [4, 3, 2]],
  ['past both ends', [3], slice([-9], [9], [1]), [3], [0, 1, 2]],
  ['nothing', [3], slice([2], [1], [1]), [0], []],
  ['from an open begin', [4], slice([2], [3], [1], { beginMask: 1 }), [3], [0, 1, 2]],
  ['to an open end', [4], slice([2], [3], [1], { endMask: 1 }), [2], [2, 3]],
  ['all, backwards', [4], slice([0], [0], [-2], { beginMask: 1, endMask: 1 }), [2], [3, 1]],
  ['an end counted from the begin', [6], slice([-4], [2], [1], { offset: true }), [2], [2, 3]],
  ['dimensions without an entry', [2, 2], slice([1], [2], [1]), [1, 2], [2, 3]],
  ['a single index', [2, 3], slice([-1, 0], [0, 3], [1, 2], { shrinkAxisMask: 1 }), [2], [3, 5]],
  ['a scalar', [3], slice([2], [3], [1], { shrinkAxisMask: 1 }), [], [2]],
  ['a new dimension', [2], slice([0, 0], [0, 2], [1, 1], { newAxisMask: 1 }), [1, 2], [0, 1]],
  [
    'an ellipsis between',
    [2, 2, 2],
    slice([0, 0, 1], [1, 0, 2], [1, 1, 1], { ellipsisMask: 2 }),
    [1, 2, 1],
    [1, 3],
  ],
  [
    'an ellipsis for nothing, and a new dimension behind it',
    [2],
    slice([0, 0, 0], [0, 0, 2], [1, 1, 1], { ellipsisMask: 1, newAxisMask: 2 }),
    [1, 2],
    [0, 1],
  ],
  [
    'an ellipsis that is a new dimension and an index too',
    [2, 2],
    slice([0, 1], [0, 2], [1, 1], { ellipsisMask: 1, newAxisMask: 3, shrinkAxisMask: 3 }),
    [2, 2, 1],
    [0, 1, 2, 3],
  ],
] as const)('takes %s', (_, shape, parameters, expectedShape, expected) => {
  const walk = stridedSliceWalk(shape, parameters)
  expect(walk.shape).toEqual(expectedShape)
  expect(sourcesOf(walk)).toEqual(expected)
})

it.each([
  ['a stride of 0', slice([0], [1], [0])],
  ['too many entries', slice([0, 0], [1, 1], [1, 1])],
  ['lists of several lengths', slice([0], [1, 1], [1])],
  ['two ellipses', slice([0, 0], [0, 0], [1, 1], { ellipsisMask: 3 })],
])('refuses %s', (_, parameters) => {
  expect(() => stridedSliceWalk([4], parameters)).toThrow('of [4], expected as many of each')
})

it('refuses a single index behind the end', () => {
  expect(() => stridedSliceWalk([4], slice([4], [5], [1], { shrinkAxisMask: 1 }))).toThrow(
    'got index 4 along dimension 0 of [4]',
  )
})
