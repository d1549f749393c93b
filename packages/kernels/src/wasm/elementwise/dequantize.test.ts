import { integerLimits, seededRandom } from '@quantrx/core'
import { describe, expect, it } from 'vitest'
import { dequantizeInteger } from '../../ops/dequantize/integer.ts'
import { runKernel } from '../run-kernel.conformance.ts'
import type { Share } from '../share.ts'
import { bytesOfType } from './byte-cases.conformance.ts'
import { dequantizeKernel } from './dequantize.ts'
import { runInShares } from './shares.conformance.ts'

describe.each(['int8', 'uint8', 'int16'] as const)('%s', (type) => {
  const { min, max } = integerLimits[type]
  const values = max - min + 1
  const zeros = (length: number) => (type === 'int16' ? new Int16Array(length) : bytesOfType(type, length))

  it('equals the reference for all values', () => {
    const input = zeros(values).map((_, at) => min + at)
    for (const zeroPoint of [min, max, min + values / 2, min + 3]) {
      for (const scale of [0.1, 1, 1 / 255, 1e-40, 3e38].map(Math.fround)) {
        const expected = new Float32Array(values)
        dequantizeInteger([values], { scales: [scale], zeroPoints: [zeroPoint], axis: 0 })(input, expected)
        const kernel = dequantizeKernel(type, { scale, zeroPoint }, values)!
        const result = runKernel(kernel, [input], new Float32Array(values))
        result.forEach((value, at) => {
          if (!Object.is(value, expected[at])) expect.fail(`${input[at]}: ${value}, not ${expected[at]}`)
        })
      }
    }
  })

  it('takes any number of elements', () => {
    const random = seededRandom(3)
    for (let length = 1; length <= 70; length++) {
      const input = zeros(length).map(() => random.integer(values))
      const quantization = { scale: 0.25, zeroPoint: min + 9 }
      const expected = Float32Array.from(input, (stored) => 0.25 * (stored - min - 9))
      const build = (share?: Share) => dequantizeKernel(type, quantization, length, share)
      expect(runInShares(build, [input], new Float32Array(length))).toEqual(expected)
    }
  })

  it('leaves zero points outside of the type and scales of float64 to the reference', () => {
    expect(dequantizeKernel(type, { scale: 0.5, zeroPoint: max + 1 }, 4)).toBeUndefined()
    expect(dequantizeKernel(type, { scale: 0.1, zeroPoint: max }, 4)).toBeUndefined()
  })
})
