import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import type { BinaryIntegerParameters, BinaryKernel } from '../../shared/binary.ts'
import { mulXnnpack } from './xnnpack.ts'

/**
 * MUL on quantized integers. The `xnnpack` arithmetic differs for 8-bit types; int16 is computed alike in both, since
 * XNNPACK does not take it.
 */
export function mulInteger(parameters: BinaryIntegerParameters): BinaryKernel<IntegerArray> {
  const differs = parameters.arithmetic === 'xnnpack' && parameters.type !== 'int16'
  return differs ? mulXnnpack(parameters) : mulTflite(parameters)
}

/**
 * MUL on quantized int8, uint8 or int16 in the `tflite` arithmetic: the product of the operands less their zero points,
 * rescaled with double rounding (spec 7.2). The factor `scaleA * scaleB / scaleOutput` is computed in float32, as
 * TensorFlow Lite does here and not elsewhere (spec 6.5).
 */
function mulTflite(parameters: BinaryIntegerParameters): BinaryKernel<IntegerArray> {
  const { a, b, output, rows, range } = parameters
  const factor = Math.fround(Math.fround(a.scale * b.scale) / output.scale)
  const { multiplier, shift } = quantizeMultiplier(factor)
  const { length, aStep, bStep, aStarts, bStarts } = rows
  const { min, max } = range
  return (aData, bData, outputData) => {
    let at = 0
    for (let row = 0; row < aStarts.length; row++) {
      let aAt = aStarts[row]!
      let bAt = bStarts[row]!
      for (const end = at + length; at < end; at++) {
        const product = (aData[aAt]! - a.zeroPoint) * (bData[bAt]! - b.zeroPoint)
        const value = output.zeroPoint + multiplyByQuantizedMultiplier(product, multiplier, shift)
        outputData[at] = value < min ? min : value > max ? max : value
        aAt += aStep
        bAt += bStep
      }
    }
  }
}
