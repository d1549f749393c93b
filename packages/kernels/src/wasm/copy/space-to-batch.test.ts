import { elementCount } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { it } from 'vitest'
import { padBytes } from '../../ops/pad/pad.ts'
import { spaceToBatchWalk } from '../../ops/space-to-batch-nd/space-to-batch-nd.ts'
import { copyElements } from '../../shared/element-walk.ts'
import { expectEqual, numbered } from './copy-cases.conformance.ts'
import { spaceToBatchKernel } from './space-to-batch.ts'

/** Shape, blocks, and what is padded before and after the divided dimensions. */
const cases: readonly (readonly [Shape, Shape, Shape, Shape])[] = [
  ...Array.from(
    { length: 70 },
    (_, at) =>
      [
        [1, 5, 3, at + 1],
        [2, 2],
        [1, 0],
        [0, 1],
      ] as const,
  ),
  [
    [2, 4, 6, 3],
    [2, 3],
    [0, 0],
    [0, 0],
  ],
  [
    [3, 7, 5, 2],
    [4, 1],
    [3, 0],
    [2, 0],
  ],
  [
    [2, 17, 17, 4],
    [6, 6],
    [6, 6],
    [7, 7],
  ],
  [
    [1, 2, 2, 40],
    [12, 12],
    [11, 5],
    [11, 5],
  ],
  [[2, 5], [3], [1], [0]],
  [[2, 5, 2, 3], [3], [4], [3]],
  [
    [1, 3, 4, 5, 2],
    [2, 2, 3],
    [1, 0, 2],
    [0, 2, 2],
  ],
  [
    [2, 3, 1, 4],
    [1, 1],
    [0, 0],
    [0, 0],
  ],
  [
    [2, 3, 1, 4],
    [1, 1],
    [2, 1],
    [1, 3],
  ],
  [
    [0, 3, 3, 1],
    [3, 1],
    [0, 0],
    [0, 0],
  ],
  [
    [1, 0, 2, 3],
    [2, 2],
    [1, 0],
    [1, 0],
  ],
]

it.each(cases)('%j in blocks of %j, padded by %j before and %j after', (inputShape, block, front, back) => {
  const before = inputShape.map((_, axis) => front[axis - 1] ?? 0)
  const after = inputShape.map((_, axis) => back[axis - 1] ?? 0)
  const padded = inputShape.map((size, axis) => before[axis]! + size + after[axis]!)
  for (const bytesPerElement of [1, 4, 8]) {
    const parameters = { inputShape, before, after, bytesPerElement, fillByte: 200, block }
    const input = numbered(elementCount(inputShape) * bytesPerElement, 3)
    const between = new Uint8Array(elementCount(padded) * bytesPerElement)
    padBytes(parameters)(input, between)
    const expected = new Uint8Array(between.length)
    copyElements(spaceToBatchWalk(padded, block), bytesPerElement)(between, expected)
    expectEqual((share) => spaceToBatchKernel(parameters, share), [input], expected)
  }
})
