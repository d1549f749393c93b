import { cosine, sine } from './sine.ts'

/** Transforms one line of complex numbers in place: real and imaginary parts that stand `step` apart, from `start` on. */
export type FourierTransform = (
  real: Float64Array,
  imaginary: Float64Array,
  start: number,
  step: number,
) => void

/**
 * The discrete Fourier transform of lines of `length` complex numbers in float64, the same bits on every engine: without a factor, the
 * exponent negative. By halves (Cooley and Tukey, "An Algorithm for the Machine Calculation of Complex Fourier Series", 1965).
 *
 * @param length A power of two.
 *
 * @example
 * const [real, imaginary] = [Float64Array.of(1, 2), new Float64Array(2)]
 * fourierTransform(2)(real, imaginary, 0, 1) // real is 3, -1
 */
export function fourierTransform(length: number): FourierTransform {
  const order = bitReversed(length)
  const [turnReal, turnImaginary] = turns(length)
  return (real, imaginary, start, step) => {
    reorder(real, order, start, step)
    reorder(imaginary, order, start, step)
    for (let half = 1; half < length; half *= 2) {
      const stride = length / (2 * half)
      for (let block = 0; block < length; block += 2 * half) {
        for (let at = 0; at < half; at++) {
          const [a, b] = [start + (block + at) * step, start + (block + at + half) * step]
          const [cos, sin] = [turnReal[at * stride]!, turnImaginary[at * stride]!]
          const re = real[b]! * cos - imaginary[b]! * sin
          const im = real[b]! * sin + imaginary[b]! * cos
          real[b] = real[a]! - re
          imaginary[b] = imaginary[a]! - im
          real[a] = real[a]! + re
          imaginary[a] = imaginary[a]! + im
        }
      }
    }
  }
}

/** `e^(-2 pi i k / length)` for the first half of the circle; right angles are exact. */
function turns(length: number): readonly [Float64Array, Float64Array] {
  const angle = (k: number): number => (k * 2 * Math.PI) / length
  const count = Math.max(1, length / 2)
  return [
    Float64Array.from({ length: count }, (_, k) => (4 * k === length ? 0 : cosine(angle(k)))),
    Float64Array.from({ length: count }, (_, k) => (4 * k === length ? -1 : -sine(angle(k)))),
  ]
}

function bitReversed(length: number): Uint32Array {
  const order = new Uint32Array(length)
  for (let half = 1; half < length; half *= 2)
    for (let at = 0; at < half; at++) order[half + at] = order[at]! + length / (2 * half)
  return order
}

function reorder(values: Float64Array, order: Uint32Array, start: number, step: number): void {
  for (let at = 0; at < order.length; at++) {
    const other = order[at]!
    if (other <= at) continue
    const [a, b] = [start + at * step, start + other * step]
    const kept = values[a]!
    values[a] = values[b]!
    values[b] = kept
  }
}
