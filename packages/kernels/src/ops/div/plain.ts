import type { BinaryKernel, BinaryParameters } from '../../shared/binary.ts'
import { binaryKernel } from '../../shared/binary.ts'

/** DIV in float32: a / b rounded once, then clamped; broadcasting as `rows` says. */
export function divFloat32(parameters: BinaryParameters): BinaryKernel<Float32Array> {
  return binaryKernel(parameters, (first, second) => Math.fround(first / second))
}

/** DIV on plain int32, truncated, then clamped. Division by 0, which TensorFlow Lite refuses, gives 0. */
export function divInt32(parameters: BinaryParameters): BinaryKernel<Int32Array> {
  return binaryKernel(parameters, (first, second) => (first / second) | 0)
}
