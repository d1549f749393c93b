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
  const outside = quantization.zeroPoints.find((zeroPoint) => zeroPoint < min || zeroPoint > max)
  if (outside === undefined) return quantization
  throw new ModelFormatError({
    stage: 'runtime',
    subject,
    found: `the zero point ${outside}`,
    expected: `zero points that ${type} can hold, from ${min} to ${max}`,
    nextStep: 'Quantize the model again',
  })
}
