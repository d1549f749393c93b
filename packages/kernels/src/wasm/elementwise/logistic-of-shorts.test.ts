import { seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { logisticInt16 } from '../../ops/logistic/int16.ts'
import { tanhInt16 } from '../../ops/tanh/int16.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import type { Share } from '../share.ts'
import { logisticShortsKernel, tanhShortsKernel } from './logistic-of-shorts.ts'
import { runInShares } from './shares.conformance.ts'

const cases = [
  { name: 'LOGISTIC', build: logisticShortsKernel, reference: logisticInt16 },
  { name: 'TANH', build: tanhShortsKernel, reference: tanhInt16 },
]

const random = seededRandom(3)
const every = Int16Array.from({ length: 65536 }, (_, at) => at - 32768)
const powers = Array.from({ length: 8 }, (_, at) => 2 ** (-14 + at))
const randomScales = Array.from({ length: 20 }, () => Math.fround(2 ** (random.next() * 14 - 14)))
const scales = [...powers, ...randomScales, 1 / 4096, 1e-12, 1e-9, 1, 2.67, 3, 5.3].map(Math.fround)

describe.each(cases)('$name', ({ build, reference }) => {
  it.each(scales)('equals the reference at all values of scale %d', (scale) => {
    const evaluate = reference(scale)
    const result = runKernel(build(scale, every.length)!, [every], new Int16Array(every.length))
    const wrong = every.findIndex((stored, at) => result[at] !== evaluate(stored))
    if (wrong >= 0) expect.fail(`${every[wrong]}: ${result[wrong]}, expected ${evaluate(every[wrong]!)}`)
  })

  it('takes any number of elements, in shares', () => {
    const evaluate = reference(0.001)
    for (let length = 1; length <= 70; length++) {
      const input = Int16Array.from({ length }, () => random.integer(65536) - 32768)
      const found = runInShares(
        (share?: Share) => build(0.001, length, share),
        [input],
        new Int16Array(length),
      )
      expect(found).toEqual(input.map(evaluate))
    }
  })

  it('leaves large scales to the reference', () => {
    expect(build(5.4, 4)).toBeUndefined()
  })
})
