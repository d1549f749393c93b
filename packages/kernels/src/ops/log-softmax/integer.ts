import { integerLimits } from '@quantrx/core'
import {
  multiplyByQuantizedMultiplier,
  quantizeMultiplier,
  roundingDivideByPowerOfTwo,
  saturatingRoundingDoublingHighMultiply,
} from '../../arithmetic/fixed-point.ts'
import type { QuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import { fixedPointLog } from '../../math/fixed-point-log.ts'
import { differenceExponentials, softmaxScaling } from '../softmax/integer.ts'
import type { SoftmaxScaling } from '../softmax/integer.ts'
import type { LogSoftmaxIntegerParameters } from './parameters.ts'
import { logSoftmaxTable } from './table.ts'

/** Integer bits of scaled differences, of the sum of exponentials, and bits of a difference behind those of an output. */
export const logSoftmaxFormat = { differenceBits: 5, sumBits: 12, outputShift: 31 - 5 - 4 } as const

const { differenceBits, sumBits, outputShift } = logSoftmaxFormat

/**
 * LOG_SOFTMAX on 8-bit integers: with integers only in the `tflite` arithmetic for int8; through a float table in the
 * `xnnpack` arithmetic, and for uint8, for which TensorFlow Lite has the table alone.
 */
export function logSoftmaxInteger(
  parameters: LogSoftmaxIntegerParameters,
): (input: IntegerArray, output: IntegerArray) => void {
  const { arithmetic, type } = parameters
  return arithmetic === 'xnnpack' || type === 'uint8'
    ? logSoftmaxTable(parameters)
    : logSoftmaxFixedPoint(parameters)
}

/** Follows `reference_integer_ops::LogSoftmax` of TensorFlow Lite: Q5 differences, a Q12 sum and its Q5 logarithm. */
function logSoftmaxFixedPoint({
  depth,
  inputScale,
  type,
}: LogSoftmaxIntegerParameters): (input: IntegerArray, output: IntegerArray) => void {
  const scaling = softmaxScaling(1, inputScale)
  const exponentials = differenceExponentials(scaling)
  const differences = scaledDifferences(scaling)
  const { min, max } = integerLimits[type]
  return (input, output) => {
    for (let start = 0; start + depth <= input.length && depth > 0; start += depth) {
      const end = start + depth
      let largest = input[start]!
      for (let i = start + 1; i < end; i++) if (input[i]! > largest) largest = input[i]!
      let sum = 0
      for (let i = start; i < end; i++) {
        sum += roundingDivideByPowerOfTwo(exponentials[largest - input[i]!]!, sumBits)
      }
      const logarithm = fixedPointLog(Math.min(sum, 2 ** 31 - 1), sumBits, differenceBits)
      const smallest = smallestDifference(scaling, logarithm)
      for (let i = start; i < end; i++) {
        const magnitude = largest - input[i]!
        const level = roundingDivideByPowerOfTwo((differences[magnitude]! - logarithm) | 0, outputShift)
        output[i] = -magnitude > smallest ? Math.max(min, Math.min(max, level + max)) : min
      }
    }
  }
}

/** Differences from the largest input in Q5, at the difference's magnitude. */
function scaledDifferences({ multiplier, leftShift }: SoftmaxScaling): Int32Array {
  return Int32Array.from({ length: 256 }, (_, magnitude) =>
    saturatingRoundingDoublingHighMultiply((-magnitude * 2 ** leftShift) | 0, multiplier),
  )
}

/** The difference at and below which outputs are beyond what Q5 holds, once the logarithm is subtracted. */
function smallestDifference(
  { multiplier, leftShift, smallestDifference: radius }: SoftmaxScaling,
  logarithm: number,
): number {
  const reverse = reverseSoftmaxScaling({ multiplier, leftShift })
  const limit = multiplyByQuantizedMultiplier((logarithm - 2 ** 31) | 0, reverse.multiplier, reverse.shift)
  return Math.max(radius - 1, limit)
}

/** What takes scaled differences back to those of the input. */
export function reverseSoftmaxScaling({
  multiplier,
  leftShift,
}: Pick<SoftmaxScaling, 'multiplier' | 'leftShift'>): QuantizedMultiplier {
  return quantizeMultiplier(2 ** (31 - leftShift) / multiplier)
}
