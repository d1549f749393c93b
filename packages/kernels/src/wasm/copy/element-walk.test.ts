import { elementCount } from '@quantrx/core'
import { it } from 'vitest'
import { batchToSpaceWalk } from '../../ops/batch-to-space-nd/batch-to-space-nd.ts'
import { broadcastToWalk } from '../../ops/broadcast-to/broadcast-to.ts'
import { depthToSpaceWalk } from '../../ops/depth-to-space/depth-to-space.ts'
import { mirrorPadWalk } from '../../ops/mirror-pad/mirror-pad.ts'
import { resizeNearestNeighborWalk } from '../../ops/resize-nearest-neighbor/resize-nearest-neighbor.ts'
import { reverseWalk } from '../../ops/reverse-v2/reverse-v2.ts'
import { partWalks } from '../../ops/slice/parts.ts'
import { sliceWalk } from '../../ops/slice/slice.ts'
import { spaceToDepthWalk } from '../../ops/space-to-depth/space-to-depth.ts'
import { tileWalk } from '../../ops/tile/tile.ts'
import { transposeWalk } from '../../ops/transpose/transpose.ts'
import { copyElements } from '../../shared/element-walk.ts'
import type { ElementWalk } from '../../shared/element-walk.ts'
import { expectEqual, numbered } from './copy-cases.conformance.ts'
import { walkKernel } from './element-walk.ts'

const resize = (height: number, width: number, channels: number, to: readonly [number, number]) =>
  resizeNearestNeighborWalk([1, height, width, channels], {
    ...{ outputHeight: to[0], outputWidth: to[1], alignCorners: false, halfPixelCenters: true },
  })

/** Name, elements of the input, and the walk. */
const cases: readonly (readonly [string, number, ElementWalk])[] = [
  ['transposed matrix', 6, transposeWalk([2, 3], [1, 0])],
  ['transposed planes', 60, transposeWalk([1, 5, 4, 3], [0, 3, 1, 2])],
  ['transposed with a negative axis', 210, transposeWalk([2, 3, 5, 7], [0, 2, -3, 3])],
  ['all axes reversed', 120, transposeWalk([3, 1, 4, 2, 5], [4, 3, 2, 1, 0])],
  ['not transposed', 80, transposeWalk([2, 40], [0, 1])],
  ['transposed, empty', 0, transposeWalk([3, 0], [1, 0])],
  ['slice, empty', 12, sliceWalk([3, 4], [1, 1], [0, 2])],
  ['scalar', 1, sliceWalk([], [], [])],
  ['pixels twice', 70, resize(2, 5, 7, [4, 10])],
  ['pixels one and a half times', 63, resize(3, 7, 3, [5, 11])],
  ['fewer pixels', 150, resize(5, 10, 3, [2, 3])],
  ['blocks of depth', 288, depthToSpaceWalk([2, 3, 4, 12], 2)],
  ['blocks of depth, many channels', 1800, depthToSpaceWalk([1, 3, 2, 300], 2)],
  ['depth of blocks', 288, spaceToDepthWalk([1, 6, 8, 6], 2)],
  [
    'blocks of the batch',
    216,
    batchToSpaceWalk([4, 3, 3, 6], { block: [2, 2], before: [1, 0], after: [0, 1] }),
  ],
  ['mirrored', 60, mirrorPadWalk([3, 4, 5], { mode: 'REFLECT', before: [2, 0, 3], after: [1, 3, 4] })],
  ['mirrored with edges', 12, mirrorPadWalk([3, 4], { mode: 'SYMMETRIC', before: [3, 4], after: [3, 4] })],
  ['reversed', 60, reverseWalk([3, 4, 5], [0, 2])],
  ['repeated', 24, tileWalk([2, 3, 4], [2, 1, 3])],
  ['repeated never', 24, tileWalk([2, 3, 4], [2, 0, 3])],
  ['broadcast', 12, broadcastToWalk([3, 1, 4], [2, 3, 5, 4])],
]

function expectMoved(walk: ElementWalk, elements: number, bytes: number): void {
  const input = numbered(elements * bytes, 5)
  const expected = new Uint8Array(elementCount(walk.shape) * bytes)
  copyElements(walk, bytes)(input, expected)
  expectEqual((share) => walkKernel([walk], bytes, share), [input], expected)
}

it.each(cases)('%s, also in shares', (_, elements, walk) => {
  for (const bytes of [1, 2, 4, 8]) expectMoved(walk, elements, bytes)
})

it('slices of 1 to 70 channels', () => {
  for (let channels = 1; channels <= 70; channels++)
    expectMoved(sliceWalk([2, 3, channels + 2], [0, 1, 1], [2, 2, channels]), 6 * (channels + 2), 1)
})

it.each([1, 4])('cuts a tensor of elements of %i bytes into several', (bytes) => {
  const input = numbered(2 * 7 * 3 * bytes, 9)
  const walks = partWalks('SPLIT_V', [2, 7, 3], 1, [2, 4, 1])
  const parts = walks.map((walk) => new Uint8Array(elementCount(walk.shape) * bytes))
  walks.forEach((walk, at) => copyElements(walk, bytes)(input, parts[at]!))
  const starts = parts.map((_, at) => parts.slice(0, at).reduce((sum, { length }) => sum + length, 0))
  const expected = Uint8Array.from(parts.flatMap((part) => [...part]))
  expectEqual(
    (share) => {
      const kernel = walkKernel(walks, bytes, share)
      return {
        ...kernel,
        emit: (f, addresses) =>
          kernel.emit(f, {
            ...addresses,
            furtherOutputs: starts.slice(1).map((start) => addresses.output + start),
          }),
      }
    },
    [input],
    expected,
  )
})
