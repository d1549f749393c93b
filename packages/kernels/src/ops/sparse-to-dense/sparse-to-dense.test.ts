import { expect, it } from 'vitest'
import { indexTuples } from '../../shared/index-tuples.ts'
import { sparseToDense } from './sparse-to-dense.ts'

const tuples = indexTuples('SPARSE_TO_DENSE', [2, 3], [2, 2])

it('puts values where indices say, the last of several', () => {
  const output = new Int8Array(6)
  sparseToDense<number>(tuples)([1, 2, 0, 1], Int8Array.of(5, 6), -1, output)
  expect([...output]).toEqual([-1, 6, -1, -1, -1, 5])
  sparseToDense<number>(tuples)([1, 2, 1, 2], Int8Array.of(5, 6), 0, output)
  expect([...output]).toEqual([0, 0, 0, 0, 0, 6])
})

it('puts one value at all places', () => {
  const output = new BigInt64Array(6)
  sparseToDense<bigint>(tuples)([0n, 0n, 1n, 0n], BigInt64Array.of(9n), 1n, output)
  expect([...output]).toEqual([9n, 1n, 1n, 9n, 1n, 1n])
})

it('refuses indices outside the tensor', () => {
  const run = sparseToDense<number>(tuples)
  expect(() => run([0, 3, 0, 0], Int8Array.of(1, 2), 0, new Int8Array(6))).toThrow('got index 3')
})
