import { ModelFormatError, integerLimits } from '@quantrx/core'
import type { DataType, IntegerType, QuantizationParameters } from '@quantrx/core'
import { quantizationOf } from '@quantrx/tflite'
import type { Tensor } from '@quantrx/tflite'

/**
 * How the integers of a tensor stand for real numbers, of which generated code is made: undefined where they do not.
 *
 * @param type Type of the elements in memory.
 * @param subject Names the tensor in errors.
 * @throws ModelFormatError for a zero point that the type cannot hold.
 */
export function checkedQuantization(
  tensor: Tensor,
  type: DataType,
  subject: string,
): QuantizationParameters | undefined {
  const quantization = quantizationOf(tensor)
  if (quantization === undefined || !(type in integerLimits)) return quantization
  const { min, max } = integerLimits[type as IntegerType]
  const outside = firstOutside(quantization.zeroPoints, min, max)
  if (outside === undefined) return quantization
  throw new ModelFormatError({
    stage: 'runtime',
    subject,
    found: `the zero point ${outside}`,
    expected: `zero points that ${type} can hold, from ${min} to ${max}`,
    nextStep: 'Quantize the model again',
  })
}

/** A loop without calls: networks have thousands of zero points. */
function firstOutside(values: readonly number[], min: number, max: number): number | undefined {
  for (let at = 0; at < values.length; at++) if (values[at]! < min || values[at]! > max) return values[at]
  return undefined
}
