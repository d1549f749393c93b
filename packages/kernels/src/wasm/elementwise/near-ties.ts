import { fineBits, middleOffset } from './plane.ts'
import type { OffsetProof } from './plane.ts'

/** A rounded sum: what both operands contribute, and from which sums on an output is reached. */
export interface SteppedSum {
  /** Contributions of all 256 values of each operand. */
  readonly a: Int32Array
  readonly b: Int32Array
  /** Outputs for each unit of the sum, and the output of the sum 0. */
  readonly factor: number
  readonly zeroPoint: number
  /** The smallest sum that gives `firstOutput`, then that for the next output, and so on. */
  readonly steps: Float64Array
  readonly firstOutput: number
}

/** Planes that need a larger window are not close enough to the sum to be worth the look. */
const widestWindow = 2 ** -4

/** More than what float64 rounds off on the way. */
const roundings = 2 ** -40

/**
 * Proves planes equal to a rounded sum at all 65,536 pairs of values by looking at few of them: a plane that nowhere differs
 * by more than e from the sum before it is rounded can be wrong only at pairs that are closer than e to where an output
 * changes.
 */
export function nearTieOffsets(sum: SteppedSum): OffsetProof {
  const { factor, zeroPoint, steps, firstOutput } = sum
  // A height of n and more is an output of n and more.
  const a = Float64Array.from(sum.a, (value) => value * factor + zeroPoint + 0.5)
  const b = Float64Array.from(sum.b, (value) => value * factor)
  const stepError = steps.reduce(
    (largest, step, at) => Math.max(largest, Math.abs(step * factor + zeroPoint + 0.5 - (firstOutput + at))),
    0,
  )
  const fractions = sortedFractions(b)
  return (slopes, shift) => {
    const unit = 2 ** (fineBits + shift)
    const [first, second] = [deviation(a, slopes[0] / unit), deviation(b, slopes[1] / unit)]
    const error = first.most + second.most + roundings
    const window = 2 * (error + stepError + 4 / 2 ** shift)
    if (window > widestWindow) return undefined
    const [middle, freedom] = [first.middle + second.middle, window - error]
    let [least, most] = [(middle - freedom) * unit, (middle + freedom) * unit]
    for (let aIndex = 0; aIndex < a.length; aIndex++) {
      const height = a[aIndex]!
      const wanted = 1 - fractionOf(height)
      let at = firstFrom(fractions.values, wanted - window)
      for (; fractions.values[at]! <= wanted + window; at++) {
        const bIndex = fractions.indices[at]!
        const output = Math.round(height + b[bIndex]!)
        const step = steps[output - firstOutput]
        if (step === undefined) continue
        const missing = output * unit - (aIndex - 128) * slopes[0] - (bIndex - 128) * slopes[1]
        if (sum.a[aIndex]! + sum.b[bIndex]! >= step) least = Math.max(least, missing)
        else most = Math.min(most, missing - 1)
      }
      if (least > most) return undefined
    }
    return middleOffset(least, most)
  }
}

/** How much heights exceed a line through the byte 0: by `middle`, and by up to `most` more or less. */
function deviation(heights: Float64Array, slope: number): { readonly middle: number; readonly most: number } {
  let [least, most] = [Infinity, -Infinity]
  heights.forEach((height, index) => {
    const difference = height - (index - 128) * slope
    least = Math.min(least, difference)
    most = Math.max(most, difference)
  })
  return { middle: (least + most) / 2, most: (most - least) / 2 }
}

/** What numbers are above the next integer below, sorted: as they are, and 1 less and 1 more. */
interface SortedFractions {
  readonly values: Float64Array
  /** Of the numbers. */
  readonly indices: Uint8Array
}

const fractionOf = (value: number): number => value - Math.floor(value)

function sortedFractions(numbers: Float64Array): SortedFractions {
  const count = numbers.length
  const precision = 2 ** 44
  // Sorting numbers that carry their index is many times as fast as sorting indices.
  const keys = numbers.map((value, index) => Math.floor(fractionOf(value) * precision) * count + index).sort()
  const values = new Float64Array(3 * count)
  const indices = new Uint8Array(3 * count)
  keys.forEach((key, at) => {
    const index = key % count
    for (const more of [-1, 0, 1]) {
      values[at + (more + 1) * count] = fractionOf(numbers[index]!) + more
      indices[at + (more + 1) * count] = index
    }
  })
  return { values, indices }
}

/** Position of the first of sorted values that is not below a number. */
function firstFrom(values: Float64Array, number: number): number {
  let [from, to] = [0, values.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (values[middle]! < number) from = middle + 1
    else to = middle
  }
  return from
}
