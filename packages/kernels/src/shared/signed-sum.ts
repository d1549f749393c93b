import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../arithmetic/fixed-point.ts'
import type { IntegerArray } from '../arithmetic/requantize.ts'
import type { BinaryIntegerParameters, BinaryKernel, BinaryParameters } from './binary.ts'
import { signedSumXnnpack, xnnpackTakesSum } from './signed-sum-xnnpack.ts'

/** 1 makes a sum of a and b, -1 a difference. Multiplying by it is exact, so both share their kernels. */
export type Sign = 1 | -1

/** a + sign * b in float32, rounded once, then clamped. */
export function signedSumFloat32(sign: Sign, { rows, range }: BinaryParameters): BinaryKernel<Float32Array> {
  const { length, aStep, bStep, aStarts, bStarts } = rows
  const { min, max } = range
  return (a, b, output) => {
    let at = 0
    for (let row = 0; row < aStarts.length; row++) {
      let aAt = aStarts[row]!
      let bAt = bStarts[row]!
      for (const end = at + length; at < end; at++) {
        const value = Math.fround(a[aAt]! + sign * b[bAt]!)
        output[at] = value < min ? min : value > max ? max : value
        aAt += aStep
        bAt += bStep
      }
    }
  }
}

/** a + sign * b on plain int32, modulo 2^32, then clamped. */
export function signedSumInt32(sign: Sign, { rows, range }: BinaryParameters): BinaryKernel<Int32Array> {
  const { length, aStep, bStep, aStarts, bStarts } = rows
  const { min, max } = range
  return (a, b, output) => {
    let at = 0
    for (let row = 0; row < aStarts.length; row++) {
      let aAt = aStarts[row]!
      let bAt = bStarts[row]!
      for (const end = at + length; at < end; at++) {
        const value = (a[aAt]! + sign * b[bAt]!) | 0
        output[at] = value < min ? min : value > max ? max : value
        aAt += aStep
        bAt += bStep
      }
    }
  }
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
 * a + sign * b on quantized integers in fixed point: both operands are brought to twice the larger of their scales, added,
 * and the sum brought to the output's scale, each with double rounding (the `tflite` arithmetic; spec 7.4).
 */
function signedSumTflite(sign: Sign, parameters: BinaryIntegerParameters): BinaryKernel<IntegerArray> {
  const { type, a, b, output, rows, range } = parameters
  const bits = headroomBits[type]
  const commonScale = 2 * Math.max(a.scale, b.scale)
  const aFactor = quantizeMultiplier(a.scale / commonScale)
  const bFactor = quantizeMultiplier(b.scale / commonScale)
  const outputFactor = quantizeMultiplier(commonScale / (2 ** bits * output.scale))
  const { length, aStep, bStep, aStarts, bStarts } = rows
  const { min, max } = range
  return (aData, bData, outputData) => {
    let at = 0
    for (let row = 0; row < aStarts.length; row++) {
      let aAt = aStarts[row]!
      let bAt = bStarts[row]!
      for (const end = at + length; at < end; at++) {
        const aShifted = (aData[aAt]! - a.zeroPoint) << bits
        const bShifted = (bData[bAt]! - b.zeroPoint) << bits
        const sum =
          multiplyByQuantizedMultiplier(aShifted, aFactor.multiplier, aFactor.shift) +
          sign * multiplyByQuantizedMultiplier(bShifted, bFactor.multiplier, bFactor.shift)
        const value =
          output.zeroPoint + multiplyByQuantizedMultiplier(sum, outputFactor.multiplier, outputFactor.shift)
        outputData[at] = value < min ? min : value > max ? max : value
        aAt += aStep
        bAt += bStep
      }
    }
  }
}
