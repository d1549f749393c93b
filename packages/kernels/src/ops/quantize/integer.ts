import { integerLimits } from '@quantrx/core'
import type { ActivationType, ScaleAndZeroPoint, StoredFunction } from '../../shared/integer-tensor.ts'
import { rescaleStored } from '../../shared/rescale.ts'

/** QUANTIZE between integers: from which numbers to which. */
export interface QuantizeIntegerParameters {
  readonly input: ScaleAndZeroPoint
  readonly outputType: ActivationType
  readonly output: ScaleAndZeroPoint
}

/** QUANTIZE of one stored integer to another type, scale and zero point in the `tflite` arithmetic (spec 7.6). */
export function requantizeStored(parameters: QuantizeIntegerParameters): StoredFunction {
  const { input, outputType, output } = parameters
  return rescaleStored({
    factor: input.scale / output.scale,
    inputZeroPoint: input.zeroPoint,
    outputZeroPoint: output.zeroPoint,
    range: integerLimits[outputType],
  })
}
