import { fourierTransform } from '../../math/fourier.ts'

/** Sizes of a transform of real images. */
export interface Rfft2dParameters {
  /** Of the images. */
  readonly height: number
  readonly width: number
  /** Of what is transformed, powers of two: images are cut, or filled up with zeros, to this. */
  readonly transformHeight: number
  readonly transformWidth: number
}

/**
 * RFFT2D: the two-dimensional discrete Fourier transform of images of real numbers, one behind the other, in float64, rounded to
 * float32 at the end. Of each row of the result the first `transformWidth / 2 + 1` numbers are given, real and imaginary part each:
 * the others are their mirror images.
 */
export function rfft2d(parameters: Rfft2dParameters): (input: Float32Array, output: Float32Array) => void {
  const { height, width, transformHeight, transformWidth } = parameters
  const [alongRow, alongColumn] = [fourierTransform(transformWidth), fourierTransform(transformHeight)]
  const columns = Math.floor(transformWidth / 2) + 1
  const kept = Math.min(width, transformWidth)
  const real = new Float64Array(transformHeight * transformWidth)
  const imaginary = new Float64Array(real.length)
  return (input, output) => {
    let to = 0
    for (let from = 0; from < input.length; from += height * width) {
      for (const part of [real, imaginary]) part.fill(0)
      for (let row = 0; row < Math.min(height, transformHeight); row++) {
        const start = from + row * width
        real.set(input.subarray(start, start + kept), row * transformWidth)
        alongRow(real, imaginary, row * transformWidth, 1)
      }
      for (let column = 0; column < columns; column++) alongColumn(real, imaginary, column, transformWidth)
      for (let row = 0; row < transformHeight; row++) {
        for (let column = 0; column < columns; column++) {
          output[to++] = real[row * transformWidth + column]!
          output[to++] = imaginary[row * transformWidth + column]!
        }
      }
    }
  }
}
