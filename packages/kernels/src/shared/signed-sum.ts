import { integerLimits } from '@quantrx/core'
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../arithmetic/fixed-point.ts'
import type { QuantizedMultiplier } from '../arithmetic/fixed-point.ts'
import type { IntegerArray } from '../arithmetic/requantize.ts'
import { binaryInt64Kernel, binaryKernel } from './binary.ts'
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

/** a + sign * b on plain int64, modulo 2^64, then clamped. */
export function signedSumInt64(sign: Sign, parameters: BinaryParameters): BinaryKernel<BigInt64Array> {
  return binaryInt64Kernel(parameters, sign === 1 ? (a, b) => a + b : (a, b) => a - b)
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

/** A sum in the `tflite` arithmetic: what each operand contributes, and what takes the sum to the output's scale. */
export interface ScaledSum extends QuantizedMultiplier {
  /** Contributions of all values of the type, the smallest value first. */
  readonly a: Int32Array
  /** Those of the second operand, with its sign. */
  readonly b: Int32Array
  /** The real factor of which multiplier and shift are the fixed-point form. */
  readonly factor: number
}

/** Both operands are brought to twice the larger of their scales, with double rounding (spec 7.4). */
export function scaledSum(sign: Sign, { type, a, b, output }: BinaryIntegerParameters): ScaledSum {
  const commonScale = 2 * Math.max(a.scale, b.scale)
  const factor = commonScale / (2 ** headroomBits[type] * output.scale)
  return {
    a: scaledOperand(type, a, commonScale),
    b: scaledOperand(type, b, commonScale).map((value) => sign * value),
    factor,
    ...quantizeMultiplier(factor),
  }
}

/** The sum of both operands in common units brought to the output's scale: the `tflite` arithmetic (spec 7.4). */
function signedSumTflite(sign: Sign, parameters: BinaryIntegerParameters): BinaryKernel<IntegerArray> {
  const { type, output } = parameters
  const { a, b, multiplier, shift } = scaledSum(sign, parameters)
  const smallest = integerLimits[type].min
  return binaryKernel(parameters, (first, second) => {
    const sum = a[first - smallest]! + b[second - smallest]!
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
  const scaled = new Int32Array(max - min + 1)
  for (let index = 0; index < scaled.length; index++) {
    const shifted = (index + min - zeroPoint) << headroomBits[type]
    scaled[index] = multiplyByQuantizedMultiplier(shifted, multiplier, shift)
  }
  return scaled
}
