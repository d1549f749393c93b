import { roundHalfToEven } from '@quantrx/core'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import type { BinaryIntegerParameters, BinaryKernel } from '../../shared/binary.ts'
import type { StoredFunction } from '../../shared/integer-tensor.ts'
import { mapStored } from '../../shared/map-stored.ts'

/**
 * MUL of a tensor with itself on 8-bit integers in the `xnnpack` arithmetic, which LiteRT turns into a square: computed
 * through float32, the zero point added before rounding to even (see `arithmetic/README.md`).
 */
export function squareXnnpack(parameters: BinaryIntegerParameters): BinaryKernel<IntegerArray> {
  const { type } = parameters
  const square = mapStored(type, type, squareStored(parameters))
  return (input, _same, outputData) => square(input, outputData)
}

/** That square of one stored integer. */
export function squareStored({ a, output, range }: BinaryIntegerParameters): StoredFunction {
  const { min, max } = range
  const inverseScale = Math.fround(1 / output.scale)
  return (stored) => {
    const real = Math.fround((stored - a.zeroPoint) * a.scale)
    const level = Math.fround(Math.fround(real * real) * inverseScale)
    const value = roundHalfToEven(Math.fround(level + output.zeroPoint))
    return value < min ? min : value > max ? max : value
  }
}
