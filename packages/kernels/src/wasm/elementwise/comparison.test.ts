import { allocate, elementCount, seededRandom } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { broadcastRows } from '../../shared/broadcast.ts'
import { compareElements } from '../../shared/comparison.ts'
import { comparisonKernel } from './comparison.ts'
import { comparisons } from './comparisons.conformance.ts'
import { pairShapes } from './pair-shapes.conformance.ts'
import { runInShares } from './shares.conformance.ts'

const special = {
  float32: [0, -0, NaN, Infinity, -Infinity, 1, -1, 1e-45, -1e-45, 3e38],
  int32: [0, -1, 1, 2 ** 31 - 1, -(2 ** 31), 65536, 255, -256],
  int8: [0, -1, 1, 127, -128, 100],
  uint8: [0, 1, 127, 128, 255, 200],
} as const
const types = ['float32', 'int32', 'int8', 'uint8'] as const
const each = types.flatMap((type) => comparisons.map((comparison) => ({ type, ...comparison })))

describe.each(each)('$name of $type', ({ type, name, compare }) => {
  const random = seededRandom(9)
  const draw = (shape: Shape) =>
    allocate(type, elementCount(shape)).map(() => special[type][random.integer(special[type].length)]!)

  it('equals the reference', () => {
    for (const [aShape, bShape] of pairShapes.filter((_, at) => (at + name.length) % 2 === 0)) {
      const rows = broadcastRows(aShape, bShape)
      const [a, b] = [draw(aShape), draw(bShape)]
      const expected = new Uint8Array(elementCount(rows.shape))
      compareElements(rows, compare)(a, b, expected)
      const output = new Uint8Array(expected.length)
      const found = runInShares((share) => comparisonKernel(type, name, rows, share), [a, b], output)
      expect([aShape, bShape, found]).toEqual([aShape, bShape, expected])
    }
  })
})
