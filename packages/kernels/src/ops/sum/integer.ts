import { quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import { requantizedSums } from '../../shared/integer-sums.ts'
import type { MeanIntegerParameters } from '../mean/parameters.ts'
import { sumXnnpack } from './xnnpack.ts'

/** What an integer SUM needs besides its input. */
export type SumIntegerParameters = MeanIntegerParameters

/**
 * SUM on 8-bit integers, in the arithmetic that the parameters ask for; `tflite` is MEAN without the division, in fixed
 * point (spec 7.5).
 */
export function sumInteger(
  parameters: SumIntegerParameters,
): (input: IntegerArray, output: IntegerArray) => void {
  if (parameters.arithmetic === 'xnnpack') return sumXnnpack(parameters)
  const { inputScale, outputScale } = parameters
  return requantizedSums({ ...parameters, factor: quantizeMultiplier(inputScale / outputScale) })
}
