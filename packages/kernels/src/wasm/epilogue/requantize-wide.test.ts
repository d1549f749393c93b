import { expect, it } from 'vitest'
import { wideRequantizeEpilogue } from './requantize-wide.ts'

const options = {
  ...{ scales: [0.001], zeroPoint: 0, range: { min: -32768, max: 32767 } },
  ...{ bias: Float64Array.of(5), largestSums: Float64Array.of(2 ** 31 - 1) },
}

it('takes sums of 32 bits and products of 64 bits, and no others', () => {
  const takes = (changes: object): boolean => wideRequantizeEpilogue({ ...options, ...changes }) !== undefined
  expect(takes({})).toBe(true)
  expect(takes({ largestSums: Float64Array.of(2 ** 31) })).toBe(false)
  const pair = { bias: new Float64Array(2), largestSums: new Float64Array(2).fill(1000) }
  const vectors = (scales: readonly number[]) =>
    wideRequantizeEpilogue({ ...options, ...pair, scales })!.vectorsPerQuad
  expect(
    [
      [0.5, 0.5 * 2 ** -16],
      [0.5, 0.5 * 2 ** -17],
      [0, 100],
    ].map(vectors),
  ).toEqual([4, 5, 4])
  expect(takes({ bias: Float64Array.of(2 ** 38) })).toBe(true)
  expect(takes({ bias: Float64Array.of(2 ** 42) })).toBe(false)
})
