import { binaryKernel } from '../../shared/binary.ts'
import type { BinaryKernel, BinaryParameters } from '../../shared/binary.ts'

/** MUL on plain int32, modulo 2^32, then clamped. */
export function mulInt32(parameters: BinaryParameters): BinaryKernel<Int32Array> {
  return binaryKernel(parameters, (first, second) => Math.imul(first, second))
}
