import { integerLimits } from '@quantrx/core'
import {
  quantizeMultiplier,
  roundingDivideByPowerOfTwo,
  saturatingRoundingDoublingHighMultiply,
} from '../../arithmetic/fixed-point.ts'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import { exponentialOfNegative, fixedPointReciprocal } from '../../math/gemmlowp.ts'
import type { SoftmaxIntegerParameters } from './parameters.ts'
import { softmaxInt16 } from './int16.ts'
import { softmaxTable } from './table.ts'

/** Integer bits of the scaled differences, and of the sum of exponentials. */
const differenceBits = 5
const sumBits = 12
const largestSum = 2 ** 31 - 1
const outputBits = { int8: 8, uint8: 8, int16: 16 } as const

/** How differences from the largest input become fixed-point numbers with 5 integer bits. */
export interface SoftmaxScaling {
  readonly multiplier: number
  readonly leftShift: number
  /** Differences below this one have no exponential worth adding. */
  readonly smallestDifference: number
}

/**
 * Scaling of differences for a softmax. Follows `PreprocessSoftmaxScaling` and `CalculateInputRadius` of TensorFlow Lite
 * (spec 7.8).
 */
export function softmaxScaling(beta: number, inputScale: number): SoftmaxScaling {
  const factor = Math.min(beta * inputScale * 2 ** (31 - differenceBits), 2 ** 31 - 1)
  const { multiplier, shift } = quantizeMultiplier(factor)
  const radius = Math.floor(((2 ** differenceBits - 1) * 2 ** (31 - differenceBits)) / 2 ** shift)
  return { multiplier, leftShift: shift, smallestDifference: -radius }
}

/**
 * SOFTMAX on quantized integers (spec 7.8). The `xnnpack` arithmetic goes through a float table for 8-bit outputs; int16 outputs
 * are computed alike in both. For uint8 TensorFlow Lite has the table alone, in its reference build too.
 */
export function softmaxInteger(
  parameters: SoftmaxIntegerParameters,
): (input: IntegerArray, output: IntegerArray) => void {
  const { arithmetic, outputType, inputType } = parameters
  if (inputType === 'int16') return softmaxInt16(parameters)
  const tabulated = outputType === 'uint8' || (arithmetic === 'xnnpack' && outputType === 'int8')
  return tabulated ? softmaxTable(parameters) : softmaxFixedPoint(parameters)
}

/**
 * SOFTMAX on int8 or uint8 with integers only, gemmlowp's fixed-point exponential and reciprocal (the `tflite`
 * arithmetic; spec 7.8). The sum of exponentials saturates at 4096, reached only by more than 4095 nearly equal inputs.
 */
function softmaxFixedPoint(
  parameters: SoftmaxIntegerParameters,
): (input: IntegerArray, output: IntegerArray) => void {
  const { depth, beta, inputScale, outputType } = parameters
  const exponentials = differenceExponentials(softmaxScaling(beta, inputScale))
  const { min, max } = integerLimits[outputType]
  const unitBits = 31 - outputBits[outputType]
  return (input, output) => {
    for (let start = 0; start + depth <= input.length && depth > 0; start += depth) {
      const end = start + depth
      const largest = largestOf(input, start, end)
      let sum = 0
      for (let i = start; i < end; i++) {
        sum += roundingDivideByPowerOfTwo(exponentials[largest - input[i]!]!, sumBits)
      }
      const { significand, exponent } = fixedPointReciprocal(Math.min(sum, largestSum), sumBits)
      for (let i = start; i < end; i++) {
        const exponential = exponentials[largest - input[i]!]!
        const product = saturatingRoundingDoublingHighMultiply(significand, exponential)
        // Shifts above 31 come from sums of 512 and more, of which no part reaches half a unit.
        const shift = exponent + unitBits
        const value = shift > 31 ? min : min + roundingDivideByPowerOfTwo(product, shift)
        output[i] = value > max ? max : value
      }
    }
  }
}

function largestOf(input: IntegerArray, start: number, end: number): number {
  let largest = input[start]!
  for (let i = start + 1; i < end; i++) if (input[i]! > largest) largest = input[i]!
  return largest
}

/** Q0 exponentials of the 256 possible differences from the largest input, at the difference's magnitude. */
export function differenceExponentials({
  multiplier,
  leftShift,
  smallestDifference,
}: SoftmaxScaling): Int32Array {
  return Int32Array.from({ length: 256 }, (_, magnitude) => {
    if (-magnitude < smallestDifference) return 0
    const scaled = saturatingRoundingDoublingHighMultiply(-magnitude * 2 ** leftShift, multiplier)
    return exponentialOfNegative(scaled, differenceBits)
  })
}
