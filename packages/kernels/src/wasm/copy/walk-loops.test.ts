import { expect, it } from 'vitest'
import { resizeNearestNeighborWalk } from '../../ops/resize-nearest-neighbor/resize-nearest-neighbor.ts'
import { depthToSpaceWalk } from '../../ops/depth-to-space/depth-to-space.ts'
import { sliceWalk } from '../../ops/slice/slice.ts'
import { walkLoops } from './walk-loops.ts'

const steps = (count: number, step: number) => ({ kind: 'steps', count, step })

it('moves what stands together as one row', () => {
  expect(walkLoops(sliceWalk([4, 6, 5], [1, 0, 0], [2, 6, 5]), 4)).toEqual({
    ...{ sourceAt: 120, targetAt: 0, rowBytes: 240 },
    loops: [],
  })
  expect(walkLoops(sliceWalk([4, 6, 5], [1, 2, 0], [2, 3, 5]), 4)).toMatchObject({
    ...{ sourceAt: 160, rowBytes: 60 },
    loops: [steps(2, 120)],
  })
})

it('finds repetitions and blocks', () => {
  const twice = { outputHeight: 4, outputWidth: 6, alignCorners: false, halfPixelCenters: false }
  expect(walkLoops(resizeNearestNeighborWalk([1, 2, 3, 5], twice), 1)).toMatchObject({
    rowBytes: 5,
    loops: [steps(2, 15), steps(2, 0), steps(3, 5), steps(2, 0)],
  })
  expect(walkLoops(depthToSpaceWalk([1, 2, 3, 8], 2), 1)).toMatchObject({
    rowBytes: 4,
    loops: [steps(2, 24), steps(2, 4), steps(3, 8)],
  })
})

it('lists what is not regular', () => {
  const uneven = { outputHeight: 1, outputWidth: 5, alignCorners: false, halfPixelCenters: false }
  expect(walkLoops(resizeNearestNeighborWalk([1, 1, 3, 2], uneven), 2).loops).toEqual([
    { kind: 'table', offsets: Int32Array.of(0, 0, 4, 4, 8) },
  ])
})

it('gives each share positions of the outermost dimension', () => {
  const share = (index: number) =>
    walkLoops(sliceWalk([1, 6, 5], [0, 1, 0], [1, 5, 3]), 1, { index, count: 2 })
  expect(share(0)).toEqual({ sourceAt: 5, targetAt: 0, rowBytes: 3, loops: [steps(3, 5)] })
  expect(share(1)).toEqual({ sourceAt: 20, targetAt: 9, rowBytes: 3, loops: [steps(2, 5)] })
})
