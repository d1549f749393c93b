import { elementCount, integerLimits, seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { foldSum, sumInteger } from '../../ops/sum/index.ts'
import { foldElements } from '../../shared/fold.ts'
import { reductionGeometry } from '../../shared/reduction.ts'
import { randomIntegers } from '../convolution/cases.conformance.ts'
import { runInShares } from '../elementwise/shares.conformance.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import type { Share } from '../share.ts'
import { reducedAxes } from './reduced-axes.ts'
import { reducedFloats, reductionCases } from './reduction-cases.conformance.ts'
import { reductionKernel } from './reduction.ts'
import { sumFloat32 } from './sum-float32.ts'
import { sumIntegerReduction } from './sum-integer.ts'
import type { WindowReduction } from './window-reduction.ts'

const arrays = { int8: Int8Array, uint8: Uint8Array, int16: Int16Array } as const

const buildOf =
  ([shape, axes]: (typeof reductionCases)[number], reduction: WindowReduction) =>
  (share?: Share) =>
    reductionKernel(reducedAxes('SUM', shape, axes)!, reduction, share)

const named = reductionCases.map((each) => [JSON.stringify(each), each] as const)

it.each(named)('float32 %s', (_, each) => {
  const geometry = reductionGeometry('SUM', each[0], each[1])
  const input = reducedFloats(elementCount(each[0]))
  const expected = new Float32Array(geometry.outputs)
  foldElements<number>(geometry, 0, foldSum.float32)(input, expected)
  const build = buildOf(each, sumFloat32)
  expect(runInShares(build, [input], expected)).toEqual(expected)
})

describe.each(
  (['tflite', 'xnnpack'] as const).flatMap((arithmetic) =>
    (['int8', 'uint8', 'int16'] as const).map((type) => ({ arithmetic, type })),
  ),
)('$type, $arithmetic', ({ arithmetic, type }) => {
  it.each(named)('%s', (_, each) => {
    const random = seededRandom(elementCount(each[0]))
    const geometry = reductionGeometry('SUM', each[0], each[1])
    const { min, max } = integerLimits[type]
    const array = arrays[type]
    const zeroPoints = (magnitude: number) =>
      (type === 'int16' ? [0, 0] : magnitude === -3 ? [max, min] : randomIntegers(random, 2, min, max)) as [
        number,
        number,
      ]
    for (const magnitude of [0, [-20, -3, 1, 24][geometry.outputs % 4]!]) {
      const [inputZeroPoint, outputZeroPoint] = zeroPoints(magnitude)
      const inputScale = Math.fround(0.02 * 2 ** magnitude * (1 + random.next()))
      const options = { arithmetic, inputScale, inputZeroPoint, outputScale: 0.02, outputZeroPoint }
      const input = array.from(randomIntegers(random, elementCount(each[0]), min, max))
      const expected = new array(geometry.outputs)
      sumInteger({ ...options, geometry, range: { min, max } })(input, expected)
      const build = buildOf(each, sumIntegerReduction({ ...options, type, range: { min, max } }))
      const result =
        magnitude === 0
          ? runInShares(build, [input], expected)
          : runKernel(build(), [input], expected.slice())
      expect(result).toEqual(expected)
    }
  })
})
