import type { IntegerArray } from '../../arithmetic/requantize.ts'
import type { BinaryIntegerParameters, BinaryKernel, BinaryParameters } from '../../shared/binary.ts'
import {
  signedSumFloat32,
  signedSumInt32,
  signedSumInt64,
  signedSumInteger,
} from '../../shared/signed-sum.ts'

/** SUB in float32: a - b rounded once, then clamped; broadcasting as `rows` says. */
export const subFloat32 = (parameters: BinaryParameters): BinaryKernel<Float32Array> =>
  signedSumFloat32(-1, parameters)

/** SUB on plain int32, modulo 2^32. */
export const subInt32 = (parameters: BinaryParameters): BinaryKernel<Int32Array> =>
  signedSumInt32(-1, parameters)

/** SUB on plain int64, modulo 2^64. */
export const subInt64 = (parameters: BinaryParameters): BinaryKernel<BigInt64Array> =>
  signedSumInt64(-1, parameters)

/** SUB on quantized int8, uint8 or int16 (spec 7.4). */
export const subInteger = (parameters: BinaryIntegerParameters): BinaryKernel<IntegerArray> =>
  signedSumInteger(-1, parameters)
