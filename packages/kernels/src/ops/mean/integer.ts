import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import type { QuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import type { MeanIntegerParameters } from './parameters.ts'
import { meanXnnpack } from './xnnpack.ts'

/** MEAN on 8-bit integers, in the arithmetic that the parameters ask for. */
export function meanInteger(
  parameters: MeanIntegerParameters,
): (input: IntegerArray, output: IntegerArray) => void {
  return parameters.arithmetic === 'xnnpack' ? meanXnnpack(parameters) : meanTflite(parameters)
}

/**
 * MEAN in fixed point: `clamp(zeroPoint + (sum(input) - inputZeroPoint * count) * inputScale / (outputScale * count))` with
 * the count folded into the fixed-point factor. Follows spec 7.5.
 */
function meanTflite(parameters: MeanIntegerParameters): (input: IntegerArray, output: IntegerArray) => void {
  const { geometry, inputScale, inputZeroPoint, outputScale, outputZeroPoint, range } = parameters
  const { outputs, count, outputOf } = geometry
  const { multiplier, shift } = meanMultiplier(inputScale / outputScale, count)
  const sums = new Int32Array(outputs)
  return (input, output) => {
    sums.fill(0)
    for (let i = 0; i < outputOf.length; i++) sums[outputOf[i]!] = sums[outputOf[i]!]! + input[i]!
    for (let i = 0; i < outputs; i++) {
      const centered = (sums[i]! - inputZeroPoint * count) | 0
      const value = multiplyByQuantizedMultiplier(centered, multiplier, shift) + outputZeroPoint
      output[i] = value < range.min ? range.min : value > range.max ? range.max : value
    }
  }
}

/** The fixed-point form of `factor / count`, as TensorFlow Lite computes it. */
export function meanMultiplier(factor: number, count: number): QuantizedMultiplier {
  const { multiplier, shift } = quantizeMultiplier(factor)
  const bits = Math.min(31 - Math.clz32(count), 32, 31 + shift)
  return {
    multiplier: Number((BigInt(multiplier) << BigInt(bits)) / BigInt(Math.max(count, 1))),
    shift: shift - bits,
  }
}
