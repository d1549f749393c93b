import { expect, it } from 'vitest'
import { reverseSequence } from './reverse-sequence.ts'

const reverse = (
  shape: readonly number[],
  axes: readonly [sequenceAxis: number, batchAxis: number],
  lengths: readonly (number | bigint)[],
  words = 1,
): number[] => {
  const count = shape.reduce((product, size) => product * size, words)
  const output = new Uint16Array(count)
  const run = reverseSequence({ shape, sequenceAxis: axes[0], batchAxis: axes[1] }, words)
  run(
    Uint16Array.from({ length: count }, (_, at) => at),
    lengths,
    output,
  )
  return [...output]
}

it('reverses as much of each sequence as it is long', () => {
  expect(reverse([2, 3], [1, 0], [3, 2])).toEqual([2, 1, 0, 4, 3, 5])
  expect(reverse([3, 2], [0, 1], [0, 3n])).toEqual([0, 5, 2, 3, 4, 1])
})

it('keeps what lies between and behind both dimensions together', () => {
  expect(reverse([2, 2, 2], [2, 0], [2, 1])).toEqual([1, 0, 3, 2, 4, 5, 6, 7])
  expect(reverse([1, 2, 2], [1, 0], [2])).toEqual([2, 3, 0, 1])
})

it('moves elements of several words, and nothing of nothing', () => {
  expect(reverse([1, 2], [1, 0], [2], 2)).toEqual([2, 3, 0, 1])
  expect(reverse([0, 2], [1, 0], [])).toEqual([])
})

it.each([-1, 3, 2 ** 40])('refuses length %d of 2', (length) => {
  expect(() => reverse([1, 2], [1, 0], [length])).toThrow(
    `got a sequence of length ${length}, expected one from 0 to 2`,
  )
})
