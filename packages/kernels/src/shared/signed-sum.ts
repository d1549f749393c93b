import { integerLimits } from '@quantrx/core'
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../arithmetic/fixed-point.ts'
import type { IntegerArray } from '../arithmetic/requantize.ts'
import { binaryKernel } from './binary.ts'
import type { BinaryIntegerParameters, BinaryKernel, BinaryParameters } from './binary.ts'
import type { ActivationType, ScaleAndZeroPoint } from './integer-tensor.ts'
import type { Sign } from './sign.ts'
import { signedSumXnnpack, xnnpackTakesSum } from './signed-sum-xnnpack.ts'

/** a + sign * b in float32, rounded once, then clamped. */
export function signedSumFloat32(sign: Sign, parameters: BinaryParameters): BinaryKernel<Float32Array> {
  return binaryKernel(parameters, (first, second) => Math.fround(first + sign * second))
}

/** a + sign * b on plain int32, modulo 2^32, then clamped. */
export function signedSumInt32(sign: Sign, parameters: BinaryParameters): BinaryKernel<Int32Array> {
  return binaryKernel(parameters, (first, second) => (first + sign * second) | 0)
}

/** a + sign * b on quantized integers, in the arithmetic that the parameters ask for. */
export function signedSumInteger(
  sign: Sign,
  parameters: BinaryIntegerParameters,
): BinaryKernel<IntegerArray> {
  return xnnpackTakesSum(parameters) ? signedSumXnnpack(sign, parameters) : signedSumTflite(sign, parameters)
}

/** Bits that operands are shifted left before they are scaled, to keep precision. */
const headroomBits = { int8: 20, uint8: 20, int16: 15 } as const

/**
 * Both operands are brought to twice the larger of their scales, added, and the sum brought to the output's scale, each
 * with double rounding: the `tflite` arithmetic (spec 7.4).
 */
function signedSumTflite(sign: Sign, parameters: BinaryIntegerParameters): BinaryKernel<IntegerArray> {
  const { type, a, b, output } = parameters
  const commonScale = 2 * Math.max(a.scale, b.scale)
  const aScaled = scaledOperand(type, a, commonScale)
  const bScaled = scaledOperand(type, b, commonScale)
  const { multiplier, shift } = quantizeMultiplier(commonScale / (2 ** headroomBits[type] * output.scale))
  const smallest = integerLimits[type].min
  return binaryKernel(parameters, (first, second) => {
    const sum = aScaled[first - smallest]! + sign * bScaled[second - smallest]!
    return output.zeroPoint + multiplyByQuantizedMultiplier(sum, multiplier, shift)
  })
}

/** Every value of a type in units of the common scale; a table, because most operands have far more elements than values. */
function scaledOperand(
  type: ActivationType,
  { scale, zeroPoint }: ScaleAndZeroPoint,
  commonScale: number,
): Int32Array {
  const { min, max } = integerLimits[type]
  const { multiplier, shift } = quantizeMultiplier(scale / commonScale)
  return Int32Array.from({ length: max - min + 1 }, (_, index) => {
    const shifted = (index + min - zeroPoint) << headroomBits[type]
    return multiplyByQuantizedMultiplier(shifted, multiplier, shift)
  })
}
