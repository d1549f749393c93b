import { expect, it } from 'vitest'
import { argBest } from './arg-max.ts'

const positions = (shape: readonly number[], axis: number, values: readonly number[], smallest = false) => {
  const found: number[] = []
  const run = argBest(shape, axis, (value, best) => (smallest ? value < best : value > best))
  run(Float32Array.from(values), (output, position) => (found[output] = position))
  return found
}

it('finds the best along a dimension', () => {
  expect(positions([2, 3], 1, [1, 3, 2, 6, 4, 5])).toEqual([1, 0])
  expect(positions([2, 3], 0, [1, 5, 2, 6, 4, 5])).toEqual([1, 0, 1])
  expect(positions([1, 2, 2], 1, [1, 4, 3, 2], true)).toEqual([0, 1])
})

it('takes the first of equal ones', () => {
  expect(positions([4], 0, [1, 7, 7, 1])).toEqual([1])
})

it('takes 64-bit integers', () => {
  const found: number[] = []
  argBest([2], 0, (value, best) => value > best)(BigInt64Array.of(-1n, 2n ** 62n), (_, at) => found.push(at))
  expect(found).toEqual([1])
})
