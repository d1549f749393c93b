import type { StoredFunction } from '../../shared/integer-tensor.ts'
import { interpolatedLogistic, toTableUnits } from '../../shared/logistic-table.ts'

/**
 * TANH on one int16 number, to steps of 1/32768, as `2 * logistic(2x) - 1` from the table of LOGISTIC, in integers.
 * Follows TensorFlow Lite's reference kernel for int16.
 */
export function tanhInt16(inputScale: number): StoredFunction {
  const toUnits = toTableUnits(inputScale, 1)
  return (stored) => {
    const units = toUnits(stored)
    const found = interpolatedLogistic(Math.abs(units), 8) ?? 0xffff << 8
    const centered = units >= 0 ? found - 2 ** 23 + 128 : 2 ** 23 - found + 127
    return centered >> 8
  }
}
