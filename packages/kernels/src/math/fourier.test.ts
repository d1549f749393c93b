import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { fourierTransform } from './fourier.ts'

it.each([1, 2, 4, 8, 64])('transforms %d numbers as the sum says', (length) => {
  const random = seededRandom(1)
  const draw = () => Float64Array.from({ length }, () => random.normal())
  const [real, imaginary] = [draw(), draw()]
  const found = { real: real.slice(), imaginary: imaginary.slice() }
  fourierTransform(length)(found)
  for (let k = 0; k < length; k++) {
    let [expectedReal, expectedImaginary] = [0, 0]
    for (let n = 0; n < length; n++) {
      const [a, b, angle] = [real[n]!, imaginary[n]!, (-2 * Math.PI * k * n) / length]
      expectedReal += a * Math.cos(angle) - b * Math.sin(angle)
      expectedImaginary += a * Math.sin(angle) + b * Math.cos(angle)
    }
    expect(found.real[k]).toBeCloseTo(expectedReal, 11)
    expect(found.imaginary[k]).toBeCloseTo(expectedImaginary, 11)
  }
})

it('is exact where all angles are right ones', () => {
  const numbers = { real: Float64Array.of(1, 2, 3, 5), imaginary: new Float64Array(4) }
  fourierTransform(4)(numbers)
  expect([...numbers.real]).toEqual([11, -2, -3, -2])
  expect([...numbers.imaginary].map((value) => value + 0)).toEqual([0, 3, 0, -3])
})
