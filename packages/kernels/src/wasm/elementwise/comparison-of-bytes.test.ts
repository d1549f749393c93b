import { elementCount, integerLimits, seededRandom } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { broadcastRows } from '../../shared/broadcast.ts'
import { compareStored } from '../../shared/comparison.ts'
import { bytesOfType, everyPair } from './byte-cases.conformance.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import type { Share } from '../share.ts'
import { comparisonOfBytesKernel } from './comparison-of-bytes.ts'
import { comparisons } from './comparisons.conformance.ts'
import { pairShapes } from './pair-shapes.conformance.ts'
import { runInShares } from './shares.conformance.ts'

const types = ['int8', 'uint8'] as const
const each = types.flatMap((type) => comparisons.map((comparison) => ({ type, ...comparison })))

/** Scales of both operands, the last ones so small that neighbours are one number. */
const scales = [
  [0.5, 0.5],
  [1 / 256, 1 / 256],
  [0.25, 0.5],
  [0.3, 0.1],
  [0.0009, 0.0009],
  [1e-7, 1e-6],
] as const

describe.each(each)('$name of $type', ({ type, name, compare }) => {
  const { min, max } = integerLimits[type]
  const [left, right] = everyPair(type)

  it.each(scales.filter((_, at) => (at + name.length) % 2 === 0))(
    'equals the reference for every pair, scales %d and %d',
    (aScale, bScale) => {
      const zeroPoints = [
        [min, min],
        [max, min],
        [min + 100, min + 100],
        [min + 128, max],
      ] as const
      for (const [aZero, bZero] of zeroPoints.filter(
        (_, at) => (at + name.length + scales.findIndex(([a]) => a === aScale)) % 4 === 0,
      )) {
        const [a, b] = [
          { scale: aScale, zeroPoint: aZero },
          { scale: bScale, zeroPoint: bZero },
        ]
        const parameters = { rows: broadcastRows([left.length], [right.length]), type, a, b }
        const expected = new Uint8Array(left.length)
        compareStored(parameters, compare)(left, right, expected)
        const kernel = comparisonOfBytesKernel(name, parameters)
        const found = runKernel(kernel, [left, right], new Uint8Array(left.length))
        expect(found.every((value, at) => value === expected[at])).toBe(true)
      }
    },
  )

  it.each([0.5, 0.25])('equals it when an operand is repeated, second scale %d', (scale) => {
    const random = seededRandom(7)
    const draw = (shape: Shape) => bytesOfType(type, elementCount(shape)).map(() => min + random.integer(256))
    const [a, b] = [0.5, scale].map((each) => ({ scale: each, zeroPoint: min + 3 }))
    for (const [aShape, bShape] of pairShapes.filter((_, at) => (at + name.length) % 2 === 0)) {
      const rows = broadcastRows(aShape, bShape)
      const parameters = { rows, type, a: a!, b: b! }
      const [first, second] = [draw(aShape), draw(bShape)]
      const expected = new Uint8Array(elementCount(rows.shape))
      compareStored(parameters, compare)(first, second, expected)
      const build = (share?: Share) => comparisonOfBytesKernel(name, parameters, share)
      expect(runInShares(build, [first, second], new Uint8Array(expected.length))).toEqual(expected)
    }
  })
})

it('compares stored integers of one scale without tables, where the reference tells neighbours apart', () => {
  const kernel = (scale: number, other = scale) =>
    comparisonOfBytesKernel('less', {
      ...{ rows: broadcastRows([4], [4]), type: 'int8' },
      ...{ a: { scale, zeroPoint: 5 }, b: { scale: other, zeroPoint: 5 } },
    })
  expect(kernel(0.1).constants).toHaveLength(0)
  expect(kernel(0.0009).constants).toHaveLength(2)
  expect(kernel(0.1, 0.2).constants).toHaveLength(2)
})
