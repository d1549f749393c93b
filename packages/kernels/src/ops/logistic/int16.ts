import type { StoredFunction } from '../../shared/integer-tensor.ts'
import { interpolatedLogistic, toTableUnits } from '../../shared/logistic-table.ts'

/**
 * LOGISTIC on one int16 number, to steps of 1/32768: a table of 256 entries with straight lines between them, in integers.
 * Follows TensorFlow Lite's reference kernel for int16.
 */
export function logisticInt16(inputScale: number): StoredFunction {
  const toUnits = toTableUnits(inputScale, 0)
  return (stored) => {
    const units = toUnits(stored)
    const found = interpolatedLogistic(Math.abs(units), 9) ?? 0x7fff << 10
    // Values below 0 are what is missing to 1, which is 2^25 here.
    const positive = units >= 0 ? found + 512 : 2 ** 25 - found + 511
    return positive >> 10
  }
}
