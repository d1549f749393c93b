import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { softmaxInt16 } from '../../ops/softmax/int16.ts'
import { runInShares } from '../elementwise/shares.conformance.ts'
import type { Share } from '../share.ts'
import { softmaxShortsKernel } from './int16.ts'

const random = seededRandom(6)

function expectEqual(depth: number, rows: number, inputScale: number, spread: number, beta = 1): void {
  const draw = (): number =>
    random.integer(9) === 0
      ? [32767, -32768][random.integer(2)]!
      : Math.round(Math.max(-32768, Math.min(32767, random.normal() * spread)))
  const input = Int16Array.from({ length: depth * rows }, draw)
  const expected = new Int16Array(input.length)
  const parameters = { depth, beta, inputScale: Math.fround(inputScale) }
  const types = { arithmetic: 'tflite', inputType: 'int16', outputType: 'int16' } as const
  softmaxInt16({ ...parameters, ...types })(input, expected)
  const build = (share?: Share) => softmaxShortsKernel({ ...parameters, rows, share })
  expect(runInShares(build, [input], new Int16Array(input.length))).toEqual(expected)
}

it('equals the reference for any depth', () => {
  for (let depth = 1; depth <= 70; depth++) expectEqual(depth, 3, 0.0003, 9000)
  expectEqual(1001, 4, 0.0005, 3000)
})

it.each([1e-9, 1e-6, 2 ** -15, 1e-4, 1e-3, 0.02, 0.5, 2, 2.49])(
  'equals the reference at scale %d',
  (scale) => {
    for (const spread of [1, 40, 3000, 30000]) {
      expectEqual(10, 20, scale, spread)
      expectEqual(23, 5, scale, spread, 0.7)
    }
  },
)

it('equals the reference where all elements are alike, so that sums are whole powers of two or next to them', () => {
  for (const depth of [1, 2, 3, 4, 8, 16, 31, 32, 33, 64, 1024]) expectEqual(depth, 2, 1e-9, 1)
})

it('leaves empty tensors, very long rows and large scales to the reference', () => {
  const options = { depth: 4, beta: 1, inputScale: 0.001, rows: 2 }
  expect(softmaxShortsKernel(options)).toBeDefined()
  expect(softmaxShortsKernel({ ...options, rows: 0 })).toBeUndefined()
  expect(softmaxShortsKernel({ ...options, depth: 65536 })).toBeUndefined()
  expect(softmaxShortsKernel({ ...options, inputScale: 2.51 })).toBeUndefined()
})
