import { expect, it } from 'vitest'
import { indexTuples } from '../../shared/index-tuples.ts'
import { scatterNd } from './scatter-nd.ts'

it('adds slices to zeros, several to one place', () => {
  const output = Float32Array.of(9, 9, 9, 9, 9, 9)
  const scatter = scatterNd<number>(indexTuples('SCATTER_ND', [3, 2], [3, 1]), 0, (a, b) => a + b)
  scatter([2, 0, 2], Float32Array.of(1, 2, 3, 4, 10, 20), output)
  expect([...output]).toEqual([3, 4, 0, 0, 11, 22])
})

it('adds 64-bit integers', () => {
  const output = new BigInt64Array(2)
  const scatter = scatterNd<bigint>(indexTuples('SCATTER_ND', [2], [2, 1]), 0n, (a, b) => a + b)
  scatter([1n, 1n], BigInt64Array.of(5n, 6n), output)
  expect([...output]).toEqual([0n, 11n])
})

it('refuses indices outside the tensor', () => {
  const scatter = scatterNd<number>(indexTuples('SCATTER_ND', [2], [1, 1]), 0, (a, b) => a + b)
  expect(() => scatter([2], Int8Array.of(1), new Int8Array(2))).toThrow(
    'got index 2, expected one from 0 to 1',
  )
})
