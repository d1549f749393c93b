import { integerLimits, roundHalfAwayFromZero } from '@quantrx/core'
import type { IntegerType, Range } from '@quantrx/core'

/** Scale and zero point of a tensor that is quantized as a whole. */
export interface TensorParameters {
  readonly scale: number
  readonly zeroPoint: number
}

/** Scales below this would make reciprocals overflow float32; such a range is one point for all purposes. */
const smallestScale = 2 ** -126

/** Int16 activations are symmetric: -32768 is left out. */
const largestInt16 = 32767

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

/**
 * Scale that maps the larger end of a range onto 32767, with zero point 0: int16 kernels have no other. A range of one
 * point at 0 gets scale 1. Follows spec 3.3.
 *
 * @example
 * symmetricParameters({ min: -2, max: 1 }) // { scale: 0.00006103701889514923, zeroPoint: 0 }
 */
export function symmetricParameters({ min, max }: Range): TensorParameters {
  const scale = Math.fround(Math.fround(Math.max(Math.abs(min), Math.abs(max))) / largestInt16)
  return { scale: scale < smallestScale ? 1 : scale, zeroPoint: 0 }
}

/** Parameters of an activation with a range: asymmetric for int8, symmetric for int16. */
export function activationParameters(range: Range, type: 'int8' | 'int16'): TensorParameters {
  return type === 'int8' ? asymmetricParameters(range) : symmetricParameters(range)
}

/**
 * A constant among activations: `round(x / scale) + zeroPoint`, the quotient in float32, halves away from zero, clamped to
 * all of int8 or to -32767..32767.
 */
export function quantizeActivations(
  values: Float32Array,
  type: 'int8' | 'int16',
  { scale, zeroPoint }: TensorParameters,
): Int8Array | Int16Array {
  const { min, max } = type === 'int8' ? integerLimits.int8 : { min: -largestInt16, max: largestInt16 }
  const stored = type === 'int8' ? new Int8Array(values.length) : new Int16Array(values.length)
  for (let at = 0; at < values.length; at++) {
    const level = roundHalfAwayFromZero(Math.fround(values[at]! / scale)) + zeroPoint
    stored[at] = Math.max(min, Math.min(max, level))
  }
  return stored
}
