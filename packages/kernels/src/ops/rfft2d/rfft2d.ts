import { complexNumbers, fourierTransform, rootsOfUnity } from '../../math/fourier.ts'
import type { ComplexNumbers } from '../../math/fourier.ts'

/** Sizes of a Fourier transform of real images. */
export interface Rfft2dParameters {
  readonly images: number
  /** Size of an image of the input. */
  readonly height: number
  readonly width: number
  /** Size of what is transformed, powers of two: images are cut, or filled up with 0, below and on the right. */
  readonly fftHeight: number
  readonly fftWidth: number
}

/** True for the lengths that can be transformed. */
export const isFftLength = (length: number): boolean =>
  Number.isInteger(length) && length >= 1 && length <= 2 ** 30 && (length & (length - 1)) === 0

/**
 * RFFT2D: the discrete Fourier transforms of real images, `fftWidth / 2 + 1` complex numbers of each row, in float64, rounded
 * once. The output is interleaved: real and imaginary part of each element.
 */
export function rfft2d(parameters: Rfft2dParameters): (input: Float32Array, output: Float32Array) => void {
  const { images, height, width, fftHeight, fftWidth } = parameters
  const columns = Math.floor(fftWidth / 2) + 1
  const rows = Math.min(height, fftHeight)
  const transformRow = realTransform(fftWidth)
  const transformColumn = fourierTransform(fftHeight)
  const values = complexNumbers(fftHeight * columns)
  const column = complexNumbers(fftHeight)
  return (input, output) => {
    for (let image = 0; image < images; image++) {
      values.real.fill(0, rows * columns)
      values.imaginary.fill(0, rows * columns)
      for (let row = 0; row < rows; row++) {
        const begin = (image * height + row) * width
        transformRow(input.subarray(begin, begin + Math.min(width, fftWidth)), values, row * columns)
      }
      if (fftHeight > 1) transformColumns(values, columns, column, transformColumn)
      interleave(values, output, image * fftHeight * columns)
    }
  }
}

/**
 * The transform of a row of real numbers, of which there may be fewer than `length`: as that of half as many complex numbers,
 * of which the two halves are told apart by their symmetries.
 */
function realTransform(length: number): (row: Float32Array, to: ComplexNumbers, at: number) => void {
  if (length === 1) {
    return (row, to, at) => {
      to.real[at] = row[0] ?? 0
      to.imaginary[at] = 0
    }
  }
  const half = length / 2
  const transform = fourierTransform(half)
  const roots = rootsOfUnity(length, half + 1)
  const packed = complexNumbers(half)
  return (row, to, at) => {
    for (let n = 0; n < half; n++) {
      packed.real[n] = row[2 * n] ?? 0
      packed.imaginary[n] = row[2 * n + 1] ?? 0
    }
    transform(packed)
    untangle(packed, roots, to, at)
  }
}

/** The transform of real numbers, from that of their pairs as complex numbers. */
function untangle(
  { real, imaginary }: ComplexNumbers,
  roots: ComplexNumbers,
  to: ComplexNumbers,
  begin: number,
): void {
  const half = real.length
  for (let k = 0; k <= half; k++) {
    const here = k === half ? 0 : k
    const mirrored = here === 0 ? 0 : half - here
    const evenReal = (real[here]! + real[mirrored]!) / 2
    const evenImaginary = (imaginary[here]! - imaginary[mirrored]!) / 2
    const oddReal = (imaginary[here]! + imaginary[mirrored]!) / 2
    const oddImaginary = (real[mirrored]! - real[here]!) / 2
    const across = roots.real[k]!
    const up = roots.imaginary[k]!
    to.real[begin + k] = evenReal + (across * oddReal - up * oddImaginary)
    to.imaginary[begin + k] = evenImaginary + (across * oddImaginary + up * oddReal)
  }
}

function transformColumns(
  values: ComplexNumbers,
  columns: number,
  column: ComplexNumbers,
  transform: (numbers: ComplexNumbers) => void,
): void {
  for (let at = 0; at < columns; at++) {
    for (let row = 0; row < column.real.length; row++) {
      column.real[row] = values.real[row * columns + at]!
      column.imaginary[row] = values.imaginary[row * columns + at]!
    }
    transform(column)
    for (let row = 0; row < column.real.length; row++) {
      values.real[row * columns + at] = column.real[row]!
      values.imaginary[row * columns + at] = column.imaginary[row]!
    }
  }
}

function interleave({ real, imaginary }: ComplexNumbers, output: Float32Array, first: number): void {
  for (let at = 0; at < real.length; at++) {
    output[2 * (first + at)] = real[at]!
    output[2 * (first + at) + 1] = imaginary[at]!
  }
}
