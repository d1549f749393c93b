import { cosine, sine } from './sine.ts'

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
 * `x[n] exp(-2 pi i k n / length)` over all n. Quarters are transformed and put together (Cooley and Tukey).
 *
 * @param length A power of two.
 */
export function fourierTransform(length: number): (numbers: ComplexNumbers) => void {
  const roots = rootsOfUnity(length, length >> 1)
  const reversed = reversedBits(length)
  const isOdd = (31 - Math.clz32(length)) % 2 === 1
  return (numbers) => {
    swapReversed(numbers, reversed)
    if (isOdd) joinPairs(numbers)
    for (let size = isOdd ? 2 : 1; size < length; size *= 4) joinQuarters(numbers, roots, size)
  }
}

/** Makes transforms of two numbers each, which stand side by side. */
function joinPairs({ real, imaginary }: ComplexNumbers): void {
  for (const part of [real, imaginary]) {
    for (let at = 0; at < part.length; at += 2) {
      const even = part[at]!
      part[at] = even + part[at + 1]!
      part[at + 1] = even - part[at + 1]!
    }
  }
}

/**
 * Makes transforms of `4 * size` numbers of four of `size` numbers: by twos and again by twos, while they are at hand. The
 * innermost of millions of steps: local numbers only, nothing that is allocated.
 */
function joinQuarters({ real, imaginary }: ComplexNumbers, roots: ComplexNumbers, size: number): void {
  const step = real.length / (4 * size)
  const { real: across, imaginary: up } = roots
  for (let begin = 0; begin < real.length; begin += 4 * size) {
    for (let at = begin, root = 0; at < begin + size; at++, root += step) {
      const first = at + size
      const second = first + size
      const third = second + size
      const innerAcross = across[2 * root]!
      const innerUp = up[2 * root]!
      const turned1 = innerAcross * real[first]! - innerUp * imaginary[first]!
      const turnedUp1 = innerAcross * imaginary[first]! + innerUp * real[first]!
      const turned3 = innerAcross * real[third]! - innerUp * imaginary[third]!
      const turnedUp3 = innerAcross * imaginary[third]! + innerUp * real[third]!
      const sum = real[second]! + turned3
      const sumUp = imaginary[second]! + turnedUp3
      const difference = real[second]! - turned3
      const differenceUp = imaginary[second]! - turnedUp3
      const even = real[at]! + turned1
      const evenUp = imaginary[at]! + turnedUp1
      const odd = real[at]! - turned1
      const oddUp = imaginary[at]! - turnedUp1
      const a = across[root]!
      const b = up[root]!
      const turnedSum = a * sum - b * sumUp
      const turnedSumUp = a * sumUp + b * sum
      // A quarter of a turn further on.
      const turnedDifference = a * differenceUp + b * difference
      const turnedDifferenceUp = b * differenceUp - a * difference
      real[at] = even + turnedSum
      imaginary[at] = evenUp + turnedSumUp
      real[second] = even - turnedSum
      imaginary[second] = evenUp - turnedSumUp
      real[first] = odd + turnedDifference
      imaginary[first] = oddUp + turnedDifferenceUp
      real[third] = odd - turnedDifference
      imaginary[third] = oddUp - turnedDifferenceUp
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
