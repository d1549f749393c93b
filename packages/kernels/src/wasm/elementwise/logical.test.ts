import { elementCount, seededRandom } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { expect, it } from 'vitest'
import { both } from '../../ops/logical-and/logical-and.ts'
import { logicalNotElements } from '../../ops/logical-not/logical-not.ts'
import { either } from '../../ops/logical-or/logical-or.ts'
import { broadcastRows } from '../../shared/broadcast.ts'
import { pairElements } from '../../shared/elements.ts'
import { logicalNotKernel, logicalPairKernel } from './logical.ts'
import { pairShapes } from './pair-shapes.conformance.ts'
import { runInShares } from './shares.conformance.ts'

const random = seededRandom(2)
const draw = (shape: Shape): Uint8Array =>
  Uint8Array.from({ length: elementCount(shape) }, () => [0, 1, 0, 1, 2, 255][random.integer(6)]!)

it.each([
  ['and', both],
  ['or', either],
] as const)('logical %s equals the reference, of bytes above 1, too', (pair, reference) => {
  for (const [aShape, bShape] of pairShapes) {
    const rows = broadcastRows(aShape, bShape)
    const [a, b] = [draw(aShape), draw(bShape)]
    const expected = new Uint8Array(elementCount(rows.shape))
    pairElements<number>(rows, reference)(a, b, expected)
    const output = new Uint8Array(expected.length)
    expect(runInShares((share) => logicalPairKernel(pair, rows, share), [a, b], output)).toEqual(expected)
  }
})

it('logical not equals the reference, of bytes above 1, too', () => {
  for (let length = 1; length <= 70; length++) {
    const input = draw([length])
    const expected = new Uint8Array(length)
    logicalNotElements(input, expected)
    const output = new Uint8Array(length)
    expect(runInShares((share) => logicalNotKernel(length, share), [input], output)).toEqual(expected)
  }
})
