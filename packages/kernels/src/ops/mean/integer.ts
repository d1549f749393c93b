import { quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import type { QuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import { requantizedSums } from '../../shared/integer-sums.ts'
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
  const { geometry, inputScale, outputScale } = parameters
  return requantizedSums({ ...parameters, factor: meanMultiplier(inputScale / outputScale, geometry.count) })
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
