import { elementCount, sameShape, seededRandom } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { subInt32, subFloat32, subInteger } from '../../ops/sub/sub.ts'
import { broadcastRows } from '../../shared/broadcast.ts'
import type { Share } from '../share.ts'
import type { ByteParameters } from './bytes.ts'
import { runInShares } from './shares.conformance.ts'
import { sumOfBytesKernel } from './sum-of-bytes.ts'
import { wordArithmeticKernel } from './word-arithmetic.ts'

const range = { min: -Infinity, max: Infinity }
const counted = Array.from({ length: 70 }, (_, index) => index + 1)

const shapes: readonly (readonly [Shape, Shape])[] = [
  ...counted.map((length) => [[length], [length]] as const),
  ...counted.map((channels) => [[3, channels], [channels]] as const),
  ...[1, 2, 3, 5, 15, 17, 40].map((positions) => [[24], [positions, 24]] as const),
  ...[7, 24, 127, 128, 130].map((channels) => [[2, 9, channels], [channels]] as const),
  ...[1, 16, 33].map((length) => [[length, 5], []] as const),
  ...[1, 16, 33].map((length) => [[1], [length]] as const),
  [[], []],
  [
    [2, 3, 4, 24],
    [2, 1, 1, 24],
  ],
  [
    [2, 3, 4, 20],
    [2, 3, 4, 1],
  ],
  [
    [2, 1, 5, 1, 3],
    [4, 1, 6, 1],
  ],
  [
    [3, 1, 2],
    [1, 37, 1],
  ],
  [
    [2, 0, 3],
    [2, 1, 3],
  ],
]

const named = shapes
  .flatMap(
    ([a, b]) =>
      (sameShape(a, b)
        ? [[a, b]]
        : [
            [a, b],
            [b, a],
          ]) as readonly (readonly [Shape, Shape])[],
  )
  .map(([a, b]) => [`[${a.join()}] and [${b.join()}]`, a, b] as const)

describe('walks operands as the reference does', () => {
  const random = seededRandom(5)
  const integers = (count: number, bits: number): readonly number[] =>
    Array.from({ length: count }, () => random.integer(2 ** bits) - 2 ** (bits - 1))

  it.each(named)('%s', (_, aShape, bShape) => {
    const rows = broadcastRows(aShape, bShape)
    const count = elementCount(rows.shape)
    const a = Float32Array.from(integers(elementCount(aShape), 20))
    const b = Float32Array.from(integers(elementCount(bShape), 20))
    const expected = new Float32Array(count)
    subFloat32({ rows, range })(a, b, expected)
    const kernel = (type: 'float32' | 'int32') => (share?: Share) =>
      wordArithmeticKernel(type, 'sub', { rows, range }, share)
    expect(runInShares(kernel('float32'), [a, b], new Float32Array(count))).toEqual(expected)
    const [aWords, bWords] = [Int32Array.from(a), Int32Array.from(b)]
    const words = new Int32Array(count)
    subInt32({ rows, range })(aWords, bWords, words)
    expect(runInShares(kernel('int32'), [aWords, bWords], new Int32Array(count))).toEqual(words)
  })

  it.each(named)('bytes of %s', (_, aShape, bShape) => {
    const parameters: ByteParameters = {
      ...{ arithmetic: 'xnnpack', type: 'int8', range: { min: -128, max: 127 } },
      ...{ a: { scale: 0.5, zeroPoint: 3 }, b: { scale: 0.25, zeroPoint: -7 } },
      ...{ output: { scale: 0.5, zeroPoint: 1 }, rows: broadcastRows(aShape, bShape) },
    }
    const count = elementCount(parameters.rows.shape)
    const a = Int8Array.from(integers(elementCount(aShape), 8))
    const b = Int8Array.from(integers(elementCount(bShape), 8))
    const expected = new Int8Array(count)
    subInteger(parameters)(a, b, expected)
    const build = (share?: Share) => sumOfBytesKernel(-1, parameters, share)
    expect(runInShares(build, [a, b], new Int8Array(count))).toEqual(expected)
  })
})
