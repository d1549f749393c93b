import { expect, it } from 'vitest'
import { cumsum } from './cumsum.ts'

const input = Float32Array.of(1, 2, 3, 10, 20, 30)

it.each([
  [1, false, false, [1, 3, 6, 10, 30, 60]],
  [1, true, false, [0, 1, 3, 0, 10, 30]],
  [1, false, true, [6, 5, 3, 60, 50, 30]],
  [1, true, true, [5, 3, 0, 50, 30, 0]],
  [0, false, false, [1, 2, 3, 11, 22, 33]],
] as const)('sums along dimension %d, exclusive %j, reverse %j', (axis, exclusive, reverse, expected) => {
  const output = new Float32Array(6)
  cumsum<number>({ shape: [2, 3], axis, exclusive, reverse }, 0, (a, b) => a + b)(input, output)
  expect([...output]).toEqual(expected)
})

it('wraps as the array does', () => {
  const output = new Int32Array(2)
  const parameters = { shape: [2], axis: 0, exclusive: false, reverse: false }
  cumsum<number>(parameters, 0, (a, b) => a + b)(Int32Array.of(2 ** 31 - 1, 1), output)
  expect([...output]).toEqual([2 ** 31 - 1, -(2 ** 31)])
})
