import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { l2NormalizationFloat32 } from '../../ops/l2-normalization/index.ts'
import { runInShares } from '../elementwise/shares.conformance.ts'
import type { Share } from '../share.ts'
import { l2NormalizationFloat32Kernel } from './l2-float32.ts'

function expectEqual(depth: number, input: Float32Array): void {
  const expected = new Float32Array(input.length)
  l2NormalizationFloat32(depth)(input, expected)
  const build = (share?: Share) => l2NormalizationFloat32Kernel(depth, input.length / depth, share)
  expect(runInShares(build, [input], expected)).toEqual(expected)
}

it.each([...Array.from({ length: 70 }, (_, at) => at + 1), 1001])('rows of %i', (depth) => {
  const random = seededRandom(depth)
  for (const rows of [1, 3, 4, 11]) {
    const magnitude = [-70, -21, 0, 63][(depth + rows) % 4]!
    expectEqual(
      depth,
      Float32Array.from({ length: rows * depth }, () => random.normal() * 2 ** magnitude),
    )
  }
})

it('rows of special numbers, and rows shorter than the smallest norm', () => {
  const random = seededRandom(1)
  for (const some of [
    [0, -0],
    [NaN, 1],
    [Infinity, 1, -2],
    [3e38, -1e-45],
    [1e-7, 0, -1e-8],
  ])
    expectEqual(
      5,
      Float32Array.from({ length: 50 }, () => some[random.integer(some.length)]!),
    )
})

it('leaves what is empty to the reference', () => {
  expect(l2NormalizationFloat32Kernel(0, 3)).toBeUndefined()
  expect(l2NormalizationFloat32Kernel(3, 0)).toBeUndefined()
})
