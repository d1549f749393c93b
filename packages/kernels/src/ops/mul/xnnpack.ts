import { roundHalfToEven } from '@quantrx/core'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import { binaryKernel } from '../../shared/binary.ts'
import type { BinaryIntegerParameters, BinaryKernel } from '../../shared/binary.ts'

/**
 * MUL on 8-bit integers in the `xnnpack` arithmetic: the product of the operands less their zero points times a float32
 * factor, rounded to float32 and then to the nearest integer, halves to even. Follows XNNPACK's `qs8-vmul`, `fp32` variant.
 */
export function mulXnnpack(parameters: BinaryIntegerParameters, factor: number): BinaryKernel<IntegerArray> {
  const { a, b, output } = parameters
  return binaryKernel(parameters, (first, second) => {
    const product = (first - a.zeroPoint) * (second - b.zeroPoint)
    return output.zeroPoint + roundHalfToEven(Math.fround(product * factor))
  })
}
