import { integerLimits } from '@quantrx/core'
import type { BinaryIntegerParameters } from '../../shared/binary.ts'
import { multiplyByQuantizedMultiplier, quantizeMultiplier } from '../../arithmetic/fixed-point.ts'
import { pairElements } from '../../shared/elements.ts'
import type { ElementsPairing } from '../../shared/elements.ts'
import type { ScaleAndZeroPoint } from '../../shared/integer-tensor.ts'

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
  const { rows, type, a, b, output, range } = parameters
  const common = 2 * Math.max(a.scale, b.scale)
  const { min } = integerLimits[type]
  const [aLevels, bLevels] = [a, b].map((operand) => levelsOf(type, operand, common))
  const factor = quantizeMultiplier((common * common) / (2 ** (2 * headroomBits) * output.scale))
  return pairElements<number>(rows, (first, second) => {
    const difference = aLevels![first - min]! - bLevels![second - min]!
    const value =
      output.zeroPoint +
      multiplyByQuantizedMultiplier(difference * difference, factor.multiplier, factor.shift)
    return value < range.min ? range.min : value > range.max ? range.max : value
  })
}

/** What every value of a type stands for in 128ths of a common scale, the smallest value first. */
function levelsOf(
  type: BinaryIntegerParameters['type'],
  { scale, zeroPoint }: ScaleAndZeroPoint,
  common: number,
): Int32Array {
  const { min, max } = integerLimits[type]
  const { multiplier, shift } = quantizeMultiplier(scale / common)
  return Int32Array.from({ length: max - min + 1 }, (_, at) =>
    multiplyByQuantizedMultiplier((at + min - zeroPoint) << headroomBits, multiplier, shift),
  )
}
