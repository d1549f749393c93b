import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import type { QuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import { exp } from '../../math/exp.ts'
import { interpolatedStored } from '../../shared/interpolated-table.ts'
import type { InterpolatedFunction } from '../../shared/interpolated-table.ts'
import type { SoftmaxIntegerParameters } from './parameters.ts'

const range = 65535
/** Differences below this have no exponential worth adding; the table of exponentials ends there. */
const smallestDifference = -10

const clampInt16 = (value: number): number => Math.max(-32768, Math.min(32767, value))

/** What brings differences of stored integers to those that {@link exponentialCurve} takes. */
export function differenceMultiplier({
  beta,
  inputScale,
}: Pick<SoftmaxIntegerParameters, 'beta' | 'inputScale'>): QuantizedMultiplier {
  return quantizeMultiplier(Math.fround(inputScale * beta) / (-smallestDifference / range))
}

/** The exponential of a difference, which is 0 at 32767. */
export const exponentialCurve: InterpolatedFunction = {
  input: { scale: -smallestDifference / range, zeroPoint: 32767 },
  output: { scale: 2 / range },
  transform: exp,
  precision: 'float64',
}

/** The inverse of a number from 1 to 2, in 2^16 steps from -32768 on. */
export const inverseCurve: InterpolatedFunction = {
  input: { scale: 1 / range, zeroPoint: -32768 },
  output: { scale: 2 / range },
  transform: (real) => 1 / (1 + real),
  precision: 'float64',
}

/**
 * SOFTMAX from int16 to int16 in steps of 1/32768, with integers only: exponentials and the inverse of their sum from
 * interpolated tables. Follows TensorFlow Lite's kernel (spec 7.8).
 */
export function softmaxInt16(
  parameters: SoftmaxIntegerParameters,
): (input: IntegerArray, output: IntegerArray) => void {
  const { depth } = parameters
  const { multiplier, shift } = differenceMultiplier(parameters)
  const exponential = interpolatedStored(exponentialCurve)
  const inverseOfOnePlus = interpolatedStored(inverseCurve)
  const exponentialOf = (difference: number): number =>
    exponential(clampInt16(multiplyByQuantizedMultiplier(difference, multiplier, shift) + 32767))
  const exponentials = new Int16Array(depth)
  return (input, output) => {
    for (let start = 0; start + depth <= input.length && depth > 0; start += depth) {
      const row = input.subarray(start, start + depth)
      let largest = row[0]!
      for (const value of row) if (value > largest) largest = value
      let sum = 0
      for (let i = 0; i < depth; i++) sum += exponentials[i] = exponentialOf(row[i]! - largest)
      const zeros = Math.clz32(sum)
      const normalized = Math.floor((sum * 2 ** (zeros - 1) + 8192) / 16384)
      const inverse = inverseOfOnePlus(clampInt16(normalized - 32768 - 65536))
      for (let i = 0; i < depth; i++) {
        const product = exponentials[i]! * inverse + 2 ** (30 - zeros)
        output[start + i] = Math.max(0, Math.min(32767, Math.floor(product / 2 ** (31 - zeros))))
      }
    }
  }
}
