import { roundHalfToEven } from '@quantrx/core'
import type { StoredFunction } from './integer-tensor.ts'
import type { RescaleOptions } from './rescale.ts'

/**
 * `clamp(outputZeroPoint + (stored - inputZeroPoint) * factor)` in 256ths of the output scale, halves up: the `xnnpack`
 * arithmetic of QUANTIZE between 8-bit integers and of LEAKY_RELU, as XNNPACK's `qs8-vcvt` and `qs8-vlrelu`.
 */
export function rescaleStoredXnnpack(options: RescaleOptions): StoredFunction {
  const { factor, inputZeroPoint, outputZeroPoint, range } = options
  const multiplier = roundHalfToEven(256 * factor)
  const { min, max } = range
  return (stored) => {
    const value = outputZeroPoint + (((stored - inputZeroPoint) * multiplier + 128) >> 8)
    return value < min ? min : value > max ? max : value
  }
}
