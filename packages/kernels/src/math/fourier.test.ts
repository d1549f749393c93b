import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { fourierTransform } from './fourier.ts'

it.each([1, 2, 4, 8, 64])('transforms %d numbers as the sum says', (length) => {
  const random = seededRandom(1)
  const draw = () => Float64Array.from({ length: 2 * length }, () => random.normal())
  const [real, imaginary] = [draw(), draw()]
  const [re, im] = [real.slice(), imaginary.slice()]
  fourierTransform(length)(re, im, 1, 2)
  for (let k = 0; k < length; k++) {
    let [expectedReal, expectedImaginary] = [0, 0]
    for (let n = 0; n < length; n++) {
      const [a, b, angle] = [real[1 + 2 * n]!, imaginary[1 + 2 * n]!, (-2 * Math.PI * k * n) / length]
      expectedReal += a * Math.cos(angle) - b * Math.sin(angle)
      expectedImaginary += a * Math.sin(angle) + b * Math.cos(angle)
    }
    expect(re[1 + 2 * k]).toBeCloseTo(expectedReal, 11)
    expect(im[1 + 2 * k]).toBeCloseTo(expectedImaginary, 11)
    expect([re[2 * k], im[2 * k]]).toEqual([real[2 * k], imaginary[2 * k]])
  }
})

it('is exact where all angles are right ones', () => {
  const [real, imaginary] = [Float64Array.of(1, 2, 3, 5), new Float64Array(4)]
  fourierTransform(4)(real, imaginary, 0, 1)
  expect([...real]).toEqual([11, -2, -3, -2])
  expect([...imaginary]).toEqual([0, 3, 0, -3])
})
