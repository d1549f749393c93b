import { elementCount, integerLimits, seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { foldMaximum } from '../../ops/reduce-max/index.ts'
import { foldMinimum } from '../../ops/reduce-min/index.ts'
import { extremesOf, foldElements } from '../../shared/fold.ts'
import { reductionGeometry } from '../../shared/reduction.ts'
import { randomIntegers } from '../convolution/cases.conformance.ts'
import { runInShares } from '../elementwise/shares.conformance.ts'
import type { Share } from '../share.ts'
import { extremeReduction } from './extreme.ts'
import { reducedAxes } from './reduced-axes.ts'
import { reducedFloats, reductionCases } from './reduction-cases.conformance.ts'
import { reductionKernel } from './reduction.ts'

const arrays = { float32: Float32Array, int8: Int8Array, uint8: Uint8Array, int16: Int16Array } as const
type Type = keyof typeof arrays

const folds = {
  largest: { initial: 'lowest', fold: foldMaximum<number> },
  smallest: { initial: 'highest', fold: foldMinimum<number> },
} as const

function expectEqual(
  which: keyof typeof folds,
  type: Type,
  [shape, axes]: (typeof reductionCases)[number],
  input: Float32Array | Int8Array | Uint8Array | Int16Array,
): void {
  const { initial, fold } = folds[which]
  const geometry = reductionGeometry('REDUCE_MAX', shape, axes)
  const expected = new arrays[type](geometry.outputs)
  foldElements(geometry, extremesOf(type)[initial] as number, fold)(input, expected)
  const reduction = extremeReduction(which, type)
  const build = (share?: Share) => reductionKernel(reducedAxes('REDUCE_MAX', shape, axes)!, reduction, share)
  expect(runInShares(build, [input], expected)).toEqual(expected)
}

describe.each(['largest', 'smallest'] as const)('the %s', (which) => {
  it.each(reductionCases)('of %j along %j', (shape, axes) => {
    const length = elementCount(shape)
    expectEqual(which, 'float32', [shape, axes], reducedFloats(length))
    for (const type of ['int8', 'uint8', 'int16'] as const) {
      const { min, max } = integerLimits[type]
      const values = randomIntegers(seededRandom(length), length, min, max)
      expectEqual(which, type, [shape, axes], arrays[type].from(values))
    }
  })

  it('of nothing but NaN, of zeros of both signs in any order, and of infinities', () => {
    for (const value of [NaN, -Infinity, Infinity])
      expectEqual(which, 'float32', [[2, 3], [1]], new Float32Array(6).fill(value))
    const zeros = Float32Array.of(0, -0, -0, 0, NaN, -0, -0, NaN)
    expectEqual(which, 'float32', [[4, 2], [1]], zeros)
    expectEqual(which, 'float32', [[2, 4], [0]], zeros)
  })
})
