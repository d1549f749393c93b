import {
  multiplyByQuantizedMultiplier,
  quantizeMultiplier,
  saturatingRoundingDoublingHighMultiply,
} from '../../arithmetic/fixed-point.ts'
import type { IntegerArray } from '../../arithmetic/requantize.ts'
import { fixedPointReciprocal } from '../../math/gemmlowp.ts'
import { binaryKernel } from '../../shared/binary.ts'
import type { BinaryIntegerParameters, BinaryKernel } from '../../shared/binary.ts'

/**
 * DIV on 8-bit integers: the numerator, shifted as far left as it can be, times the fixed-point reciprocal of the
 * denominator. LiteRT computes this in both arithmetics. A denominator at its zero point, which TensorFlow Lite refuses,
 * gives the limit that the numerator's sign points to, and 0 for a numerator of 0.
 */
export function divInteger(parameters: BinaryIntegerParameters): BinaryKernel<IntegerArray> {
  const { a, b, output, range } = parameters
  const factor = quantizeMultiplier(Math.fround(a.scale / Math.fround(b.scale * output.scale)))
  // A reciprocal takes longer than all else, and there are few denominators.
  const reciprocals: Reciprocal[] = []
  return binaryKernel(parameters, (first, second) => {
    const [above, below] = [first - a.zeroPoint, second - b.zeroPoint]
    if (below === 0) return above === 0 ? output.zeroPoint : above > 0 ? range.max : range.min
    const numerator = below < 0 ? -above : above
    const { significand, exponent } = (reciprocals[Math.abs(below)] ??= fixedPointReciprocal(
      Math.abs(below),
      31,
    ))
    const headroom = leadingSignBits(numerator)
    const quotient = saturatingRoundingDoublingHighMultiply(numerator * 2 ** headroom, significand)
    const shift = factor.shift - exponent - headroom
    return output.zeroPoint + scaled(quotient, factor.multiplier, shift)
  })
}

type Reciprocal = ReturnType<typeof fixedPointReciprocal>

/** Bits by which an int32 can be shifted left without a change of sign. */
const leadingSignBits = (value: number): number => Math.clz32(value < 0 ? ~value : value) - 1

/** Shifts beyond 31 leave nothing of a quotient. */
function scaled(quotient: number, multiplier: number, shift: number): number {
  return shift < -31 ? 0 : multiplyByQuantizedMultiplier(quotient, multiplier, shift)
}
