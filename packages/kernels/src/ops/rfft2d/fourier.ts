import { cosine, sine } from '../../math/sine.ts'

/** Complex numbers in float64: real and imaginary parts side by side. */
export interface ComplexNumbers {
  readonly real: Float64Array
  readonly imaginary: Float64Array
}

/** `length` complex numbers, all 0. */
export const complexNumbers = (length: number): ComplexNumbers => ({
  real: new Float64Array(length),
  imaginary: new Float64Array(length),
})

/** `exp(-2 pi i k / length)` for each k below `count`; quarters of a turn are exact. */
export function rootsOfUnity(length: number, count: number): ComplexNumbers {
  const roots = complexNumbers(count)
  for (let k = 0; k < count; k++) {
    const [quarters, rest] = [Math.floor((4 * k) / length) % 4, (4 * k) % length]
    const angle = (rest / length) * (Math.PI / 2)
    const [across, up] = [rest === 0 ? 1 : cosine(angle), rest === 0 ? 0 : sine(angle)]
    roots.real[k] = [across, -up, -across, up][quarters]!
    roots.imaginary[k] = -[up, across, -up, -across][quarters]!
  }
  return roots
}

/**
 * The discrete Fourier transform of `length` complex numbers, in place, in float64: element k becomes the sum of
 * `x[n] exp(-2 pi i k n / length)` over all n. Halves are transformed and put together (Cooley and Tukey).
 *
 * @param length A power of two.
 */
export function fourierTransform(length: number): (numbers: ComplexNumbers) => void {
  const roots = rootsOfUnity(length, length >> 1)
  const reversed = reversedBits(length)
  return (numbers) => {
    swapReversed(numbers, reversed)
    for (let half = 1; half < length; half *= 2) joinHalves(numbers, roots, half)
  }
}

/** Makes transforms of `2 * half` numbers of those of every second number, which stand one behind the other. */
function joinHalves({ real, imaginary }: ComplexNumbers, roots: ComplexNumbers, half: number): void {
  const step = real.length / (2 * half)
  for (let begin = 0; begin < real.length; begin += 2 * half) {
    for (let k = 0; k < half; k++) {
      const [even, odd] = [begin + k, begin + k + half]
      const [across, up] = [roots.real[k * step]!, roots.imaginary[k * step]!]
      const turnedReal = across * real[odd]! - up * imaginary[odd]!
      const turnedImaginary = across * imaginary[odd]! + up * real[odd]!
      real[odd] = real[even]! - turnedReal
      imaginary[odd] = imaginary[even]! - turnedImaginary
      real[even] = real[even]! + turnedReal
      imaginary[even] = imaginary[even]! + turnedImaginary
    }
  }
}

/** Each place below a power of two with the order of its bits reversed. */
function reversedBits(length: number): Uint32Array {
  const reversed = new Uint32Array(length)
  for (let at = 1; at < length; at++) reversed[at] = reversed[at >> 1]! / 2 + (at % 2) * (length / 2)
  return reversed
}

function swapReversed({ real, imaginary }: ComplexNumbers, reversed: Uint32Array): void {
  for (let at = 0; at < reversed.length; at++) {
    const other = reversed[at]!
    if (other <= at) continue
    for (const part of [real, imaginary]) {
      const kept = part[at]!
      part[at] = part[other]!
      part[other] = kept
    }
  }
}
