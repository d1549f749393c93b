import { integerLimits, roundHalfAwayFromZero } from '@quantrx/core'
import type { IntegerType, Range } from '@quantrx/core'

/** Scale and zero point of a tensor that is quantized as a whole. */
export interface TensorParameters {
  readonly scale: number
  readonly zeroPoint: number
}

/** Scales below this would make reciprocals overflow float32; such a range is one point for all purposes. */
const smallestScale = 2 ** -126

/**
 * Scale and zero point that map a range onto all integers of a type. The range is widened to contain 0, which is then
 * exact; every operation is rounded to float32. A range of one point at 0 gets scale 1 and zero point 0. Follows spec 3.1,
 * TensorFlow Lite's flatbuffer quantizer.
 *
 * @example
 * asymmetricParameters({ min: 0, max: 6 }) // { scale: 0.0235294122248888, zeroPoint: -128 }
 */
export function asymmetricParameters(range: Range, type: IntegerType = 'int8'): TensorParameters {
  const { min: lowest, max: highest } = integerLimits[type]
  const min = Math.fround(Math.min(range.min, 0))
  const max = Math.fround(Math.max(range.max, 0))
  const width = Math.fround(max - min)
  // The widest ranges overflow float32 though their scales do not.
  const scale = Math.fround((width === Infinity ? max - min : width) / (highest - lowest))
  if (scale < smallestScale) return { scale: 1, zeroPoint: 0 }
  const exact = Math.fround(lowest - Math.fround(min / scale))
  return { scale, zeroPoint: Math.max(lowest, Math.min(highest, roundHalfAwayFromZero(exact))) }
}
