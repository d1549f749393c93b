import { integerLimits } from '@quantrx/core'
import type { Arithmetic } from '../../arithmetic/arithmetic.ts'
import type { ActivationType, ScaleAndZeroPoint, StoredFunction } from '../../shared/integer-tensor.ts'
import { rescaleStored } from '../../shared/rescale.ts'
import type { RescaleOptions } from '../../shared/rescale.ts'
import { rescaleStoredXnnpack } from '../../shared/rescale-xnnpack.ts'

/** QUANTIZE between integers: from which numbers to which. */
export interface QuantizeIntegerParameters {
  readonly arithmetic: Arithmetic
  readonly inputType: ActivationType
  readonly input: ScaleAndZeroPoint
  readonly outputType: ActivationType
  readonly output: ScaleAndZeroPoint
}

/**
 * QUANTIZE of one stored integer to another type, scale and zero point (spec 7.6). The `xnnpack` arithmetic differs where
 * XNNPACK takes the operator: between 8-bit integers of one type with scales less than 2^8 apart.
 */
export function requantizeStored(parameters: QuantizeIntegerParameters): StoredFunction {
  const { arithmetic, inputType, input, outputType, output } = parameters
  const ratio = Math.fround(input.scale / output.scale)
  const differs = inputType === outputType && inputType !== 'int16' && ratio >= 2 ** -8 && ratio <= 2 ** 7
  return arithmetic === 'xnnpack' && differs
    ? rescaleStoredXnnpack({ ...requantizeRescale(parameters), factor: ratio })
    : rescaleStored(requantizeRescale(parameters))
}

/** The parameters of {@link requantizeStored} in the `tflite` arithmetic. */
export function requantizeRescale(
  parameters: Omit<QuantizeIntegerParameters, 'arithmetic' | 'inputType'>,
): RescaleOptions {
  const { input, outputType, output } = parameters
  return {
    factor: input.scale / output.scale,
    inputZeroPoint: input.zeroPoint,
    outputZeroPoint: output.zeroPoint,
    range: integerLimits[outputType],
  }
}
