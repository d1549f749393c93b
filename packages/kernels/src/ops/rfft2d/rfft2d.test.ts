import { seededRandom } from '@quantrx/core'
import { expect, it } from 'vitest'
import { isFftLength, rfft2d } from './rfft2d.ts'
import type { Rfft2dParameters } from './rfft2d.ts'

const random = seededRandom(5)
const normal = (length: number) => Float32Array.from({ length }, () => random.normal())

/** By the definition: a sum over all pixels for each output. */
function byDefinition(input: Float32Array, parameters: Rfft2dParameters): readonly number[] {
  const { images, height, width, fftHeight, fftWidth } = parameters
  const output: number[] = []
  for (let image = 0; image < images; image++)
    for (let v = 0; v < fftHeight; v++)
      for (let u = 0; u < Math.floor(fftWidth / 2) + 1; u++) {
        let [real, imaginary] = [0, 0]
        for (let y = 0; y < Math.min(height, fftHeight); y++)
          for (let x = 0; x < Math.min(width, fftWidth); x++) {
            const angle = -2 * Math.PI * ((v * y) / fftHeight + (u * x) / fftWidth)
            const value = input[(image * height + y) * width + x]!
            real += value * Math.cos(angle)
            imaginary += value * Math.sin(angle)
          }
        output.push(real, imaginary)
      }
  return output
}

it.each([
  [1, 1, 1, 1, 1],
  [2, 1, 3, 1, 1],
  [1, 1, 2, 1, 2],
  [3, 1, 8, 1, 8],
  [2, 4, 8, 4, 8],
  [2, 3, 5, 4, 8],
  [2, 5, 9, 2, 4],
  [1, 4, 1, 4, 1],
  [1, 1, 64, 1, 64],
])('of %d images of %d x %d, as %d x %d', (images, height, width, fftHeight, fftWidth) => {
  const parameters = { images, height, width, fftHeight, fftWidth }
  const input = normal(images * height * width)
  const expected = byDefinition(input, parameters)
  const run = rfft2d(parameters)
  const output = new Float32Array(expected.length)
  run(normal(input.length), output)
  run(input, output)
  expected.forEach((value, at) => expect(output[at]).toBeCloseTo(value, 5))
})

it('finds the frequency of a wave and nothing else', () => {
  const length = 2048
  const wave = Float32Array.from({ length }, (_, n) => Math.cos((2 * Math.PI * 40 * n) / length))
  const output = new Float32Array(length + 2)
  rfft2d({ images: 1, height: 1, width: length, fftHeight: 1, fftWidth: length })(wave, output)
  expect(output[80]).toBeCloseTo(length / 2, 3)
  expect(output.filter((value) => Math.abs(value) > 1e-3)).toHaveLength(1)
})

it('takes powers of two', () => {
  expect([1, 2, 4, 2048].every(isFftLength)).toBe(true)
  expect([0, -2, 3, 6, 0.5, 2.5].some(isFftLength)).toBe(false)
})
