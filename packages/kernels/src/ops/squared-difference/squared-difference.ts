import type { BinaryIntegerParameters } from '../../shared/binary.ts'
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import { pairElements } from '../../shared/elements.ts'
import type { ElementsPairing } from '../../shared/elements.ts'

/** SQUARED_DIFFERENCE of float32, the difference rounded before it is squared. */
export function squaredDifferenceFloat32(a: number, b: number): number {
  const difference = Math.fround(a - b)
  return difference * difference
}

/** SQUARED_DIFFERENCE of int32, modulo 2^32. */
export function squaredDifferenceInt32(a: number, b: number): number {
  return Math.imul(a - b, a - b)
}

const headroomBits = 7

/**
 * SQUARED_DIFFERENCE on 8-bit integers: both operands in units of twice the larger scale, with 7 more bits; the square of
 * their difference is rescaled to the output (spec 7.4). LiteRT computes this in both arithmetics.
 */
export function squaredDifferenceInteger(
  parameters: Omit<BinaryIntegerParameters, 'arithmetic'>,
): ElementsPairing<number> {
  const { rows, a, b, output, range } = parameters
  const common = 2 * Math.max(a.scale, b.scale)
  const [left, right] = [quantizeMultiplier(a.scale / common), quantizeMultiplier(b.scale / common)]
  const factor = quantizeMultiplier((common * common) / (2 ** (2 * headroomBits) * output.scale))
  return pairElements<number>(rows, (first, second) => {
    const aLevel = multiplyByQuantizedMultiplier(
      (first - a.zeroPoint) << headroomBits,
      left.multiplier,
      left.shift,
    )
    const bLevel = multiplyByQuantizedMultiplier(
      (second - b.zeroPoint) << headroomBits,
      right.multiplier,
      right.shift,
    )
    const square = (aLevel - bLevel) * (aLevel - bLevel)
    const value = output.zeroPoint + multiplyByQuantizedMultiplier(square, factor.multiplier, factor.shift)
    return value < range.min ? range.min : value > range.max ? range.max : value
  })
}
