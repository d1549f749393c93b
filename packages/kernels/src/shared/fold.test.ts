import { expect, it } from 'vitest'
import { extremesOf, foldElements } from './fold.ts'
import { reductionGeometry } from './reduction.ts'

const geometry = reductionGeometry('SUM', [2, 3], [0])

it('folds from the initial value in the order of the input', () => {
  const output = new Float32Array(3)
  foldElements<number>(
    geometry,
    100,
    (folded, value) => folded * 2 + value,
  )(Float32Array.of(1, 2, 3, 4, 5, 6), output)
  expect([...output]).toEqual([406, 409, 412])
})

it('starts anew in every run', () => {
  const output = new BigInt64Array(3)
  const sum = foldElements<bigint>(geometry, 0n, (folded, value) => folded + value)
  sum(BigInt64Array.of(1n, 2n, 3n, 4n, 5n, 6n), output)
  sum(BigInt64Array.of(1n, 2n, 3n, 4n, 5n, 6n), output)
  expect([...output]).toEqual([5n, 7n, 9n])
})

it('gives the initial value of nothing', () => {
  const output = Float32Array.of(9)
  foldElements<number>(
    reductionGeometry('SUM', [0], [0]),
    1,
    (folded, value) => folded + value,
  )(new Float32Array(), output)
  expect([...output]).toEqual([1])
})

it.each([
  ['float32', -Infinity, Infinity],
  ['int8', -128, 127],
  ['int64', -9223372036854775808n, 9223372036854775807n],
] as const)('knows the extremes of %s', (type, lowest, highest) => {
  expect(extremesOf(type)).toEqual({ lowest, highest })
})
