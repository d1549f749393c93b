import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { scaledSum, signedSumInteger } from '../../shared/signed-sum.ts'
import type { Sign } from '../../shared/sign.ts'
import { broadcastRows } from '../../shared/broadcast.ts'
import type { GeneratedKernel } from '../kernel.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import type { Share } from '../share.ts'
import { byteVariants, bytesOfType, everyPair, randomParameters } from './byte-cases.conformance.ts'
import type { ByteParameters } from './bytes.ts'
import { elementwiseKernel } from './elementwise-kernel.ts'
import { runInShares } from './shares.conformance.ts'
import { sumOfBytesKernel, tflitePlane } from './sum-of-bytes.ts'
import { tabledSumOperator } from './tabled-sum.ts'
import { broadcastWalk } from './walk.ts'

const signs = [1, -1] as const

function expectEqual(kernel: GeneratedKernel, sign: Sign, parameters: ByteParameters): void {
  const [a, b] = everyPair(parameters.type)
  const expected = bytesOfType(parameters.type, a.length)
  signedSumInteger(sign, parameters)(a, b, expected)
  const result = runKernel(kernel, [a, b], bytesOfType(parameters.type, a.length))
  const wrong = expected.findIndex((value, at) => value !== result[at])
  if (wrong >= 0)
    expect.fail(
      `${a[wrong]} and ${b[wrong]}: ${result[wrong]}, expected ${expected[wrong]} ${JSON.stringify({
        ...parameters,
        rows: undefined,
      })}`,
    )
}

describe.each(byteVariants)('$type, $arithmetic', (variant) => {
  it('equals the reference at all pairs of values, whatever the scales', () => {
    const random = seededRandom(7)
    for (let round = 0; round < 20; round++) {
      const output = 0.02 * (1 + random.next())
      const ratio = (): number => 2 ** (random.next() * 8 - 6)
      const parameters = randomParameters(random, variant, [output * ratio(), output * ratio(), output])
      for (const sign of signs) expectEqual(sumOfBytesKernel(sign, parameters)!, sign, parameters)
    }
  })

  it.each([
    [1, 1, 1],
    [1, 1, 2],
    [0.5, 0.25, 1],
    [0.1, 0.3, 0.2],
    [1, 0.75, 1],
    [3, 5, 7],
    [0.1, 0.1, 25],
    [0.1, 0.1, 300],
    [200, 0.1, 1],
    [1e-6, 100, 1],
    [2e6, 0.1, 1],
  ])('equals it where ties, saturation or far scales are: %d and %d to %d', (a, b, output) => {
    const random = seededRandom(8)
    for (let round = 0; round < 3; round++) {
      const parameters = randomParameters(random, variant, [a, b, output])
      for (const sign of signs) expectEqual(sumOfBytesKernel(sign, parameters)!, sign, parameters)
    }
  })

  it('takes any number of elements', () => {
    const random = seededRandom(9)
    for (let length = 1; length <= 70; length++) {
      const rows = broadcastRows([length], [length])
      const parameters = { ...randomParameters(random, variant, [0.3, 0.2, 0.25]), rows }
      const [a, b] = [0, 1].map(() => bytesOfType(variant.type, length).map(() => random.integer(256)))
      const expected = bytesOfType(variant.type, length)
      signedSumInteger(1, parameters)(a!, b!, expected)
      const build = (share?: Share) => sumOfBytesKernel(1, parameters, share)
      expect(runInShares(build, [a!, b!], bytesOfType(variant.type, length))).toEqual(expected)
    }
  })

  it('looks up what is on no plane', () => {
    const random = seededRandom(10)
    for (let round = 0; round < 4; round++) {
      const scales = [random.next(), random.next(), random.next()] as const
      const parameters = { ...randomParameters(random, variant, scales), arithmetic: 'tflite' } as const
      const operator = tabledSumOperator(parameters, scaledSum(1, parameters))
      expectEqual(elementwiseKernel(operator, broadcastWalk(parameters.rows)), 1, parameters)
    }
  })
})

it('finds a plane for almost all scales', () => {
  const random = seededRandom(11)
  let found = 0
  for (let round = 0; round < 200; round++) {
    const output = 0.02 * (1 + random.next())
    const ratio = (): number => 2 ** (random.next() * 4 - 3)
    const variant = { arithmetic: 'tflite', type: 'int8' } as const
    const parameters = randomParameters(random, variant, [output * ratio(), output * ratio(), output])
    if (tflitePlane(1, parameters, scaledSum(1, parameters)) !== undefined) found++
  }
  expect(found).toBeGreaterThan(190)
})
