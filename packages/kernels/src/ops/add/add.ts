import type { IntegerArray } from '../../arithmetic/requantize.ts'
import type { BinaryIntegerParameters, BinaryKernel, BinaryParameters } from '../../shared/binary.ts'
import {
  signedSumFloat32,
  signedSumInt32,
  signedSumInt64,
  signedSumInteger,
} from '../../shared/signed-sum.ts'

/** ADD in float32: a + b rounded once, then clamped; broadcasting as `rows` says. */
export const addFloat32 = (parameters: BinaryParameters): BinaryKernel<Float32Array> =>
  signedSumFloat32(1, parameters)

/** ADD on plain int32, modulo 2^32. */
export const addInt32 = (parameters: BinaryParameters): BinaryKernel<Int32Array> =>
  signedSumInt32(1, parameters)

/** ADD on plain int64, modulo 2^64. */
export const addInt64 = (parameters: BinaryParameters): BinaryKernel<BigInt64Array> =>
  signedSumInt64(1, parameters)

/** ADD on quantized int8, uint8 or int16 (spec 7.4). */
export const addInteger = (parameters: BinaryIntegerParameters): BinaryKernel<IntegerArray> =>
  signedSumInteger(1, parameters)
