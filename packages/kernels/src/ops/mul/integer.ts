import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import { binaryKernel } from '../../shared/binary.ts'
import type { BinaryIntegerParameters, BinaryKernel } from '../../shared/binary.ts'
import { squareXnnpack } from './square.ts'
import { mulXnnpack } from './xnnpack.ts'

/**
 * MUL on quantized int8, uint8 or int16 (spec 7.2). XNNPACK takes 8-bit integers with factors from 2^-16 to 2^8; LiteRT
 * computes everything else with its own kernel, in the `tflite` arithmetic.
 */
export function mulInteger(parameters: BinaryIntegerParameters): BinaryKernel<IntegerArray> {
  const factor = productFactor(parameters)
  if (!xnnpackTakesProduct(parameters)) return mulTflite(parameters, factor)
  return parameters.sameOperand ? squareXnnpack(parameters) : mulXnnpack(parameters, factor)
}

/** `scaleA * scaleB / scaleOutput` in float32. */
export function productFactor({ a, b, output }: BinaryIntegerParameters): number {
  return Math.fround(Math.fround(a.scale * b.scale) / output.scale)
}

/** True where XNNPACK takes the operator. */
export function xnnpackTakesProduct(parameters: BinaryIntegerParameters): boolean {
  const factor = productFactor(parameters)
  const taken = parameters.type !== 'int16' && factor >= 2 ** -16 && factor < 2 ** 8
  return parameters.arithmetic === 'xnnpack' && taken
}

/**
 * The product of the operands less their zero points, rescaled with double rounding. The factor
 * `scaleA * scaleB / scaleOutput` comes from float32, as TensorFlow Lite computes it here and not elsewhere (spec 6.5).
 */
function mulTflite(parameters: BinaryIntegerParameters, factor: number): BinaryKernel<IntegerArray> {
  const { a, b, output } = parameters
  const { multiplier, shift } = quantizeMultiplier(factor)
  return binaryKernel(parameters, (first, second) => {
    const product = (first - a.zeroPoint) * (second - b.zeroPoint)
    return output.zeroPoint + multiplyByQuantizedMultiplier(product, multiplier, shift)
  })
}
