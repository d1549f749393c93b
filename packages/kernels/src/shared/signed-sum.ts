import { integerLimits } from '@quantrx/core'
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../arithmetic/fixed-point.ts'
import type { IntegerArray } from '../arithmetic/requantize.ts'
import type { BinaryIntegerParameters, BinaryKernel, BinaryParameters } from './binary.ts'
import type { ActivationType, ScaleAndZeroPoint } from './integer-tensor.ts'
import type { Sign } from './sign.ts'
import { signedSumXnnpack, xnnpackTakesSum } from './signed-sum-xnnpack.ts'

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
 * Both operands are brought to twice the larger of their scales, added, and the sum brought to the output's scale, each
 * with double rounding: the `tflite` arithmetic (spec 7.4).
 */
function signedSumTflite(sign: Sign, parameters: BinaryIntegerParameters): BinaryKernel<IntegerArray> {
  const { type, a, b, output, rows, range } = parameters
  const commonScale = 2 * Math.max(a.scale, b.scale)
  const aScaled = scaledOperand(type, a, commonScale)
  const bScaled = scaledOperand(type, b, commonScale)
  const { multiplier, shift } = quantizeMultiplier(commonScale / (2 ** headroomBits[type] * output.scale))
  const { length, aStep, bStep, aStarts, bStarts } = rows
  const { min, max } = range
  const smallest = integerLimits[type].min
  return (aData, bData, outputData) => {
    let at = 0
    for (let row = 0; row < aStarts.length; row++) {
      let aAt = aStarts[row]!
      let bAt = bStarts[row]!
      for (const end = at + length; at < end; at++) {
        const sum = aScaled[aData[aAt]! - smallest]! + sign * bScaled[bData[bAt]! - smallest]!
        const value = output.zeroPoint + multiplyByQuantizedMultiplier(sum, multiplier, shift)
        outputData[at] = value < min ? min : value > max ? max : value
        aAt += aStep
        bAt += bStep
      }
    }
  }
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
