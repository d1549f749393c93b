import { elementCount, integerLimits, seededRandom } from '@quantrx/core'
import type { Shape } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { argBest } from '../../ops/arg-max/arg-max.ts'
import { randomIntegers } from '../convolution/cases.conformance.ts'
import { runInShares } from '../elementwise/shares.conformance.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import { argBestKernel } from './arg-best.ts'
import type { ArgBestOptions } from './arg-best.ts'

const arrays = { float32: Float32Array, int8: Int8Array, uint8: Uint8Array } as const
type Type = keyof typeof arrays
type Values = InstanceType<(typeof arrays)[Type]>

/** Positions as int32, whatever they are stored as; int64 are pairs of them. */
function expected({ shape, axis, which, outputType }: ArgBestOptions, input: Values): Int32Array {
  const outputs = elementCount(shape) / shape[axis]!
  const step = outputType === 'int64' ? 2 : 1
  const positions = new Int32Array(outputs * step)
  argBest(shape, axis, (value, best) => (which === 'largest' ? value > best : value < best))<number>(
    input,
    (output, position) => (positions[output * step] = position),
  )
  return positions
}

function expectEqual(options: ArgBestOptions, input: Values, inShares = true): void {
  const positions = expected(options, input)
  const result = inShares
    ? runInShares((share) => argBestKernel(options, share), [input], positions)
    : runKernel(argBestKernel(options)!, [input], positions.slice())
  expect(result).toEqual(positions)
}

/** Values of which many are alike, and of float32 some special. */
function valuesOf(type: Type, length: number, distinct: number): Values {
  const random = seededRandom(length)
  if (type !== 'float32') {
    const { min, max } = integerLimits[type]
    const some = randomIntegers(random, distinct, min, max)
    return arrays[type].from(Array.from({ length }, () => some[random.integer(distinct)]!))
  }
  const special = [NaN, Infinity, -Infinity, 0, -0]
  return Float32Array.from({ length }, () =>
    random.integer(8) === 0
      ? special[random.integer(special.length)]!
      : random.integer(distinct) - distinct / 2,
  )
}

const cases: readonly (readonly [Shape, number])[] = [
  ...Array.from({ length: 70 }, (_, at) => [[3, at + 1], 1] as const),
  ...Array.from({ length: 24 }, (_, at) => [[2, 5, 3 * at + 1], 1] as const),
  [[1000], 0],
  [[2, 1001], 1],
  [[300, 3], 0],
  [[1, 300, 100], 1],
  [[5, 1, 3], 1],
  [[2, 3, 1, 1], 1],
  [[2, 3, 4, 5], 0],
]

describe.each(['largest', 'smallest'] as const)('the %s', (which) => {
  it.each(cases)('along an axis of %j: %i', (shape, axis) => {
    const length = elementCount(shape)
    for (const type of ['float32', 'int8', 'uint8'] as const) {
      const distinct = [2, 12, 256][length % 3]!
      const input = valuesOf(type, length, distinct)
      const inShares = length % 2 === 0
      expectEqual({ shape, axis, which, type, outputType: 'int32' }, input, inShares)
      expectEqual({ shape, axis, which, type, outputType: 'int64' }, input, !inShares)
    }
  })

  it('is the first where all are alike, whatever they are', () => {
    for (const depth of [1, 3, 4, 16, 21, 100]) {
      for (const axis of [0, 1]) {
        const options = { shape: axis === 0 ? [depth, 20] : [20, depth], axis, which } as const
        for (const value of [NaN, -Infinity, Infinity, 0])
          expectEqual(
            { ...options, type: 'float32', outputType: 'int32' },
            new Float32Array(depth * 20).fill(value),
          )
        for (const type of ['int8', 'uint8'] as const)
          for (const value of Object.values(integerLimits[type]))
            expectEqual({ ...options, type, outputType: 'int64' }, new arrays[type](depth * 20).fill(value))
      }
    }
  })

  it('is NaN only in the first place', () => {
    for (const at of [0, 1, 15, 16, 30])
      for (const axis of [0, 1])
        expectEqual(
          { shape: axis === 0 ? [31, 1] : [1, 31], axis, which, type: 'float32', outputType: 'int32' },
          Float32Array.from({ length: 31 }, (_, index) => (index === at ? NaN : (index % 7) - 3)),
        )
    const rows = Float32Array.from({ length: 5 * 40 }, (_, index) => (index % 9 === 0 ? NaN : index % 13))
    expectEqual({ shape: [5, 40], axis: 0, which, type: 'float32', outputType: 'int32' }, rows)
  })
})

it('leaves what is empty or too long to the reference', () => {
  const options = { which: 'largest', type: 'int8', outputType: 'int32', axis: 0 } as const
  expect(argBestKernel({ ...options, shape: [0, 2] })).toBeUndefined()
  expect(argBestKernel({ ...options, shape: [2 ** 24 + 1] })).toBeUndefined()
})
