import { roundHalfToEven } from '@quantrx/core'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import type { BinaryIntegerParameters, BinaryKernel } from '../../shared/binary.ts'

/**
 * MUL on 8-bit integers in the `xnnpack` arithmetic: the product of the operands less their zero points times a float32
 * factor, rounded to float32 and then to the nearest integer, halves to even. Follows XNNPACK's `qs8-vmul`, `fp32` variant.
 */
export function mulXnnpack(parameters: BinaryIntegerParameters, factor: number): BinaryKernel<IntegerArray> {
  const { a, b, output, rows, range } = parameters
  const { length, aStep, bStep, aStarts, bStarts } = rows
  const { min, max } = range
  return (aData, bData, outputData) => {
    let at = 0
    for (let row = 0; row < aStarts.length; row++) {
      let aAt = aStarts[row]!
      let bAt = bStarts[row]!
      for (const end = at + length; at < end; at++) {
        const product = (aData[aAt]! - a.zeroPoint) * (bData[bAt]! - b.zeroPoint)
        const value = output.zeroPoint + roundHalfToEven(Math.fround(product * factor))
        outputData[at] = value < min ? min : value > max ? max : value
        aAt += aStep
        bAt += bStep
      }
    }
  }
}
