import { elementCount, integerLimits, seededRandom } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { meanFloat32, meanInteger } from '../../ops/mean/index.ts'
import { reductionGeometry } from '../../shared/reduction.ts'
import { randomIntegers } from '../convolution/cases.conformance.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { averageFloat32 } from './average-float32.ts'
import { meanIntegerReduction } from './mean-integer.ts'
import { meanKernel } from './mean.ts'
import { reducedAxes } from './reduced-axes.ts'

const cases: readonly (readonly [Shape, readonly number[]])[] = [
  ...Array.from(
    { length: 70 },
    (_, index) =>
      [
        [1, 3, 3, index + 1],
        [1, 2],
      ] as const,
  ),
  [
    [2, 7, 7, 20],
    [1, 2],
  ],
  [[2, 7, 7, 20], [1]],
  [[2, 7, 7, 20], [2]],
  [[3, 5, 6], [-1]],
  [[3, 5, 6], [0]],
  [
    [3, 5, 6],
    [0, 2],
  ],
  [
    [3, 5, 6],
    [0, 1, 2],
  ],
  [[3, 5, 6], []],
  [
    [4, 2, 3, 5, 7],
    [1, 3],
  ],
  [
    [4, 1, 3, 1, 7],
    [1, 2, 3],
  ],
  [[5], [0]],
  [
    [1, 40, 17, 3],
    [1, 2],
  ],
  [[1000], [0]],
  [
    [3, 2, 600, 2],
    [0, 2],
  ],
  [[], []],
]

const kernelFor = ([shape, axes]: (typeof cases)[number], reduction: Parameters<typeof meanKernel>[1]) =>
  meanKernel(reducedAxes('MEAN', shape, axes)!, reduction)

const named = cases.map((each) => [JSON.stringify(each), each] as const)

it.each(named)('float32 %s', (_, each) => {
  const random = seededRandom(elementCount(each[0]))
  const geometry = reductionGeometry('MEAN', each[0], each[1])
  const special = [NaN, Infinity, -0]
  const input = Float32Array.from({ length: elementCount(each[0]) }, () =>
    random.integer(30) === 0 ? special[random.integer(3)]! : random.normal(),
  )
  const expected = new Float32Array(geometry.outputs)
  meanFloat32(geometry)(input, expected)
  const kernel = kernelFor(each, averageFloat32({ min: -Infinity, max: Infinity }))
  expect(runKernel(kernel, [input], new Float32Array(expected.length))).toEqual(expected)
})

describe.each(
  (['tflite', 'xnnpack'] as const).flatMap((arithmetic) =>
    (['int8', 'uint8'] as const).map((type) => ({ arithmetic, type })),
  ),
)('$type, $arithmetic', ({ arithmetic, type }) => {
  it.each(named)('%s', (_, each) => {
    const random = seededRandom(elementCount(each[0]))
    const geometry = reductionGeometry('MEAN', each[0], each[1])
    const { min, max } = integerLimits[type]
    const array = type === 'int8' ? Int8Array : Uint8Array
    for (const magnitude of [-20, -3, 0, 1, 24]) {
      const [inputZeroPoint, outputZeroPoint] = randomIntegers(random, 2, min, max) as [number, number]
      const inputScale = Math.fround(0.02 * 2 ** magnitude * (1 + random.next()))
      const options = { arithmetic, inputScale, inputZeroPoint, outputScale: 0.02, outputZeroPoint }
      const input = array.from(randomIntegers(random, elementCount(each[0]), min, max))
      const expected = new array(geometry.outputs)
      meanInteger({ ...options, geometry, range: { min, max } })(input, expected)
      const kernel = kernelFor(each, meanIntegerReduction({ ...options, type, range: { min, max } }))
      expect(runKernel(kernel, [input], new array(expected.length))).toEqual(expected)
    }
  })
})
