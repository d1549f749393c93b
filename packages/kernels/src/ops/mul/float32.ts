import { binaryKernel } from '../../shared/binary.ts'
import type { BinaryKernel, BinaryParameters } from '../../shared/binary.ts'

/** MUL in float32: a * b rounded once, then clamped; broadcasting as `rows` says. */
export function mulFloat32(parameters: BinaryParameters): BinaryKernel<Float32Array> {
  return binaryKernel(parameters, (first, second) => Math.fround(first * second))
}
