import { expect, it } from 'vitest'
import { argmax } from './argmax.ts'

it.each([
  [[1, 3, 3], 1],
  [[-5], 0],
  [[], -1],
  [[-Infinity, -Infinity], 0],
])('of %j is %i', (values, expected) => {
  expect(argmax(values)).toBe(expected)
})
