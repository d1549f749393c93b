import { elementCount } from '@quantrx/core'
import { expect, it } from 'vitest'
import { transposeWalk } from '../../ops/transpose/transpose.ts'
import { copyElements } from '../../shared/element-walk.ts'
import { expectEqual, numbered } from './copy-cases.conformance.ts'
import { transposeKernel } from './transpose.ts'

const cases = [
  [
    [2, 3],
    [1, 0],
  ],
  [
    [1, 5, 4, 3],
    [0, 3, 1, 2],
  ],
  [
    [2, 3, 5, 7],
    [0, 2, -3, 3],
  ],
  [
    [3, 1, 4, 2, 5],
    [4, 3, 2, 1, 0],
  ],
  [
    [2, 40],
    [0, 1],
  ],
  [
    [3, 0],
    [1, 0],
  ],
] as const

it.each(cases)('moves elements of %j in the order %j, also in shares', (shape, permutation) => {
  for (const bytes of [1, 2, 4, 8]) {
    const input = numbered(elementCount(shape) * bytes, 5)
    const expected = new Uint8Array(input.length)
    copyElements(transposeWalk(shape, permutation), bytes)(input, expected)
    expectEqual((share) => transposeKernel(shape, permutation, bytes, share), [input], expected)
  }
})

it('refuses what is no permutation', () => {
  expect(() => transposeKernel([2, 3], [0, 0], 4)).toThrow('expected every dimension once')
})
