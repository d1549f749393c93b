import { elementCount, seededRandom } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { selectElements } from '../../ops/select/select.ts'
import { broadcastPositions } from '../../shared/broadcast-positions.ts'
import { selectKernel } from './select.ts'
import { runInShares } from './shares.conformance.ts'

const shapes: readonly (readonly [condition: Shape, a: Shape, b: Shape, output: Shape])[] = [
  ...Array.from({ length: 70 }, (_, at) => [[at + 1], [at + 1], [at + 1], [at + 1]] as const),
  ...[1, 2, 3, 4, 5, 15, 16, 17, 33, 64, 70].flatMap((channels) => {
    const output = [2, 3, channels]
    return [
      [output, output, [channels], output],
      [output, [channels], output, output],
      [[channels], output, output, output],
      [[2, 1, 1], output, output, output],
      [[2, 3, 1], output, [], output],
      [[3, 1], [channels], [2, 1, channels], output],
      [[2, 1, channels], [3, 1], [channels], output],
      [[], output, [3, channels], output],
      [output, [], [1], output],
      [[], [], [], output],
    ] as const
  }),
  [
    [2, 0],
    [2, 0],
    [1, 1],
    [2, 0],
  ],
  [[], [], [], []],
]

describe.each([
  ['bytes', Uint8Array],
  ['words', Int32Array],
] as const)('%s', (_, ElementArray) => {
  const random = seededRandom(5)
  const draw = (shape: Shape) => {
    const elements = Array.from({ length: elementCount(shape) }, () => random.integer(2 ** 31))
    return ElementArray.from(elements)
  }

  it.each(shapes)('by %j of %j and %j to %j equals the reference', (condition, a, b, output) => {
    const conditions = Uint8Array.from(
      { length: elementCount(condition) },
      () => [0, 0, 1, 1, 255][random.integer(5)]!,
    )
    const [first, second] = [draw(a), draw(b)]
    const expected = new ElementArray(elementCount(output))
    const [conditionAt, aAt, bAt] = [condition, a, b].map((shape) => broadcastPositions(shape, output))
    selectElements({ condition: conditionAt, a: aAt, b: bAt })(conditions, first, second, expected)
    const found = runInShares(
      (share) => selectKernel(expected.BYTES_PER_ELEMENT as 1 | 4, { condition, a, b, output }, share),
      [conditions, first, second],
      new ElementArray(expected.length),
    )
    expect(found).toEqual(expected)
  })
})
