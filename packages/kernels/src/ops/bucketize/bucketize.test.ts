import { expect, it } from 'vitest'
import { bucketize } from './bucketize.ts'

it('counts the boundaries that are reached', () => {
  const output = new Int32Array(6)
  bucketize([0, 10, 100], Number)([-5, 0, 9.5, 10, 1000, NaN], output)
  expect([...output]).toEqual([0, 1, 1, 2, 3, 3])
  bucketize([], Number)([1n], output)
  expect(output[0]).toBe(0)
})
