import { expect, it } from 'vitest'
import { complexAbs } from './complex-abs.ts'

it('measures large and small numbers, and takes what has no end for more than what is none', () => {
  const output = new Float32Array(4)
  complexAbs(Float32Array.of(3, -4, 2 ** 127, 0, NaN, -Infinity, NaN, 1), output)
  expect([...output]).toEqual([5, 2 ** 127, Infinity, NaN])
})
