import { expect, it } from 'vitest'
import { oneHot } from './one-hot.ts'

it('marks positions along the last, and along an inner dimension', () => {
  const output = new Float32Array(6)
  oneHot({ outer: 2, depth: 3, inner: 1 })([2, 0], 5, -1, output)
  expect([...output]).toEqual([-1, -1, 5, 5, -1, -1])
  oneHot({ outer: 1, depth: 3, inner: 2 })([2n, 0n], 5, -1, output)
  expect([...output]).toEqual([-1, 5, -1, -1, 5, -1])
})

it('marks nothing for an index that is not there', () => {
  const output = new Float32Array(4)
  oneHot({ outer: 2, depth: 2, inner: 1 })([-1, 2], 1, 0, output)
  expect([...output]).toEqual([0, 0, 0, 0])
})
