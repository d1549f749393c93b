import { expect, it } from 'vitest'
import { reduceWindow, windowPositions } from './reduce-window.ts'

const input = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8)
const sums = (window: number, stride: number, dilation: number, initial = 0): number[] => {
  const parameters = { shape: [2, 4], window: [1, window], strides: [1, stride], dilations: [1, dilation] }
  const output = new Float32Array(windowPositions(parameters).reduce((product, size) => product * size, 1))
  reduceWindow<number>(parameters, (a, b) => a + b)(input, initial, output)
  return [...output]
}

it('folds windows inside the tensor', () => {
  expect(sums(2, 1, 1)).toEqual([3, 5, 7, 11, 13, 15])
  expect(sums(2, 2, 1, 100)).toEqual([103, 107, 111, 115])
  expect(sums(2, 1, 2)).toEqual([4, 6, 12, 14])
  expect(sums(5, 1, 1)).toEqual([])
  expect(sums(2 ** 40, 1, 1)).toEqual([])
})

it('folds over several dimensions, of 64-bit integers, too', () => {
  const output = new BigInt64Array(1)
  const ones = [1, 1]
  reduceWindow<bigint>(
    { shape: [2, 2], window: [2, 2], strides: ones, dilations: ones },
    (a, b) => a * b,
  )(...([BigInt64Array.of(2n, 3n, 5n, 7n), 1n, output] as const))
  expect(output[0]).toBe(210n)
})
