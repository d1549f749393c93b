import { expect, it } from 'vitest'
import { realParts } from '../real/real.ts'
import { imaginaryParts } from './imag.ts'

it('takes numbers apart', () => {
  const [input, output] = [Float32Array.of(1, 2, 3, -4), new Float32Array(2)]
  imaginaryParts(input, output)
  expect([...output]).toEqual([2, -4])
  realParts(input, output)
  expect([...output]).toEqual([1, 3])
})
