import { expect, it } from 'vitest'
import { topValues } from './topk-v2.ts'

it('gives the largest of each row, the first of equal ones first', () => {
  const [values, positions] = [new Int8Array(6), new Int32Array(6)]
  topValues(4, 3)(Int8Array.of(1, 9, 5, 9, -1, -4, -1, -2), values, positions)
  expect([...values]).toEqual([9, 9, 5, -1, -1, -2])
  expect([...positions]).toEqual([1, 3, 2, 0, 2, 3])
})

it('gives the same in every run, also of 64-bit integers', () => {
  const [values, positions] = [new BigInt64Array(1), new Int32Array(1)]
  const run = topValues(2, 1)
  run(BigInt64Array.of(1n, 2n), values, positions)
  run(BigInt64Array.of(1n, 1n), values, positions)
  expect([values[0], positions[0]]).toEqual([1n, 0])
})

it('gives nothing of nothing', () => {
  expect(() => topValues(0, 0)(new Int8Array(), new Int8Array(), new Int32Array())).not.toThrow()
})
