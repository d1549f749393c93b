import { elementCount, seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { mulInteger } from '../../ops/mul/integer.ts'
import type { BinaryIntegerParameters, BinaryKernel } from '../../shared/binary.ts'
import { broadcastRows } from '../../shared/broadcast.ts'
import { signedSumInteger } from '../../shared/signed-sum.ts'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import type { Share } from '../share.ts'
import { productOfShortsKernel } from './product-of-shorts.ts'
import { runInShares } from './shares.conformance.ts'
import { randomShortParameters, randomShorts, shortRows } from './short-cases.conformance.ts'
import { sumOfShortsKernel } from './sum-of-shorts.ts'
import type { ShortParameters } from './sum-of-shorts.ts'

interface Case {
  readonly name: string
  readonly build: (parameters: ShortParameters, share?: Share) => GeneratedKernel | undefined
  readonly reference: (parameters: BinaryIntegerParameters) => BinaryKernel<IntegerArray>
  /** What outputs are multiplied by, so that they use their range. */
  readonly spread: number
}

const cases: readonly Case[] = [
  {
    name: 'ADD',
    build: (parameters, share) => sumOfShortsKernel(1, parameters, share),
    reference: (parameters) => signedSumInteger(1, parameters),
    spread: 1,
  },
  {
    name: 'SUB',
    build: (parameters, share) => sumOfShortsKernel(-1, parameters, share),
    reference: (parameters) => signedSumInteger(-1, parameters),
    spread: 1,
  },
  { name: 'MUL', build: productOfShortsKernel, reference: mulInteger, spread: 20000 },
]

const elements = 10000
const long = broadcastRows([elements], [elements])

describe.each(cases)('$name', ({ name, build, reference, spread }) => {
  const random = seededRandom(5)
  const expectedOf = (parameters: ShortParameters, a: Int16Array, b: Int16Array): Int16Array => {
    const expected = new Int16Array(elementCount(parameters.rows.shape))
    reference({ ...parameters, type: 'int16' })(a, b, expected)
    return expected
  }
  const expectEqual = (scales: readonly [number, number, number]): void => {
    const parameters = randomShortParameters(random, long, scales)
    const [a, b] = [randomShorts(random, elements), randomShorts(random, elements)]
    const expected = expectedOf(parameters, a, b)
    const result = runKernel(build(parameters)!, [a, b], new Int16Array(elements))
    const wrong = expected.findIndex((value, at) => value !== result[at])
    const { a: left, b: right, output } = parameters
    if (wrong >= 0)
      expect.fail(
        `${a[wrong]} and ${b[wrong]}: ${result[wrong]}, expected ${expected[wrong]} ${JSON.stringify([left, right, output])}`,
      )
  }

  it('equals the reference, whatever the scales', () => {
    for (let round = 0; round < 10; round++) {
      const ratio = (): number => 2 ** (random.next() * 8 - 6)
      const output = 0.001 * (1 + random.next())
      expectEqual(
        spread === 1 ? [output * ratio(), output * ratio(), output] : [ratio(), ratio(), output * spread],
      )
    }
  })

  it.each([
    [1, 1, 1],
    [1, 1, 2],
    [0.5, 0.25, 1],
    [1, 2 ** -14, 0.5],
    [1e-6, 100, 1],
    [2e6, 0.1, 1e4],
    [1e-3, 1e-2, 3e4],
    [1e-9, 1, 1],
    [1e-3, 1e-4, 1e-5],
  ])('equals it where ties, saturation or far scales are: %d and %d to %d', (a, b, output) => {
    expectEqual([a, b, spread === 1 ? output : a * b * 2 * Math.max(1, output)])
  })

  it('takes any number of elements and every kind of broadcasting, in shares', () => {
    for (const rows of shortRows.filter((_, at) => (at + name.length) % 2 === 0 || name === 'MUL')) {
      const parameters = randomShortParameters(random, rows, [0.3, 0.2, 0.25 * spread])
      const count = elementCount(rows.shape)
      const [a, b] = [randomShorts(random, count), randomShorts(random, count)]
      const expected = expectedOf(parameters, a, b)
      const found = runInShares((share) => build(parameters, share), [a, b], new Int16Array(count))
      expect(found).toEqual(expected)
    }
  })

  it('leaves operands with a zero point and large factors to the reference', () => {
    const parameters = randomShortParameters(random, long, [1, 1, 1e-6])
    expect(build(parameters)).toBeUndefined()
    const a = { scale: 1, zeroPoint: 1 }
    const usual = randomShortParameters(random, long, [1, 1, spread])
    expect(build(usual)).toBeDefined()
    expect(build({ ...usual, a })).toBeUndefined()
    expect(build({ ...usual, b: a })).toBeUndefined()
  })
})
