import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { mulInteger } from '../../ops/mul/integer.ts'
import { broadcastRows } from '../../shared/broadcast.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import type { Share } from '../share.ts'
import { byteVariants, bytesOfType, everyPair, randomParameters } from './byte-cases.conformance.ts'
import type { ByteParameters } from './bytes.ts'
import { productOfBytesKernel } from './product-of-bytes.ts'
import { runInShares } from './shares.conformance.ts'

function expectEqual(parameters: ByteParameters): void {
  const [a, b] = everyPair(parameters.type)
  const expected = bytesOfType(parameters.type, a.length)
  mulInteger(parameters)(a, b, expected)
  const kernel = productOfBytesKernel(parameters)!
  const result = runKernel(kernel, [a, b], bytesOfType(parameters.type, a.length))
  const wrong = expected.findIndex((value, at) => value !== result[at])
  if (wrong >= 0) expect.fail(`${a[wrong]} and ${b[wrong]}: ${result[wrong]}, expected ${expected[wrong]}`)
}

describe.each(byteVariants)('$type, $arithmetic', (variant) => {
  it('equals the reference at all pairs of values', () => {
    const random = seededRandom(3)
    for (let round = 0; round < 15; round++) {
      const scales = [0.01 + random.next(), 0.01 + random.next(), 0.01 + 3 * random.next()] as const
      expectEqual(randomParameters(random, variant, scales))
    }
  })

  it.each([
    [0.5, 0.25, 0.25],
    [1, 1, 2 ** -8],
    [1, 1, 65025],
    [1, 1, 2 ** 17],
    [1e-4, 1e-6, 1],
    [100, 100, 1],
    [3e3, 1e3, 1],
  ])('equals it for products from nothing to far beyond the range: %d times %d to %d', (a, b, output) => {
    const random = seededRandom(4)
    for (let round = 0; round < 3; round++) expectEqual(randomParameters(random, variant, [a, b, output]))
  })

  it('takes any number of elements', () => {
    const random = seededRandom(5)
    for (let length = 1; length <= 70; length++) {
      const rows = broadcastRows([length], [length])
      const parameters = { ...randomParameters(random, variant, [0.3, 0.2, 1.25]), rows }
      const [a, b] = [0, 1].map(() => bytesOfType(variant.type, length).map(() => random.integer(256)))
      const expected = bytesOfType(variant.type, length)
      mulInteger(parameters)(a!, b!, expected)
      const build = (share?: Share) => productOfBytesKernel(parameters, share)
      expect(runInShares(build, [a!, b!], bytesOfType(variant.type, length))).toEqual(expected)
    }
  })

  it('squares a tensor that is multiplied with itself', () => {
    const random = seededRandom(6)
    const rows = broadcastRows([256], [256])
    for (let round = 0; round < 20; round++) {
      const scale = 0.01 + random.next() / 10
      const drawn = randomParameters(random, variant, [scale, scale, 0.1 + random.next()])
      const parameters = { ...drawn, b: drawn.a, rows, sameOperand: true }
      const input = bytesOfType(variant.type, 256).map((_, at) => at)
      const expected = bytesOfType(variant.type, 256)
      mulInteger(parameters)(input, input, expected)
      const kernel = productOfBytesKernel(parameters)!
      expect(runKernel(kernel, [input, input], bytesOfType(variant.type, 256))).toEqual(expected)
    }
  })
})

it('leaves zero points outside of the type to the reference', () => {
  const variant = { arithmetic: 'tflite', type: 'uint8' } as const
  const parameters = randomParameters(seededRandom(1), variant, [1, 1, 1])
  const b = { scale: 1, zeroPoint: -1 }
  expect(productOfBytesKernel({ ...parameters, b })).toBeUndefined()
})
