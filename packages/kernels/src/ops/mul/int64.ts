import { binaryInt64Kernel } from '../../shared/binary.ts'
import type { BinaryKernel, BinaryParameters } from '../../shared/binary.ts'

/** MUL on plain int64, modulo 2^64, then clamped. */
export const mulInt64 = (parameters: BinaryParameters): BinaryKernel<BigInt64Array> =>
  binaryInt64Kernel(parameters, (first, second) => first * second)
