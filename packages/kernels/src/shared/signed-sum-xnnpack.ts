import { roundHalfToEven } from '@quantrx/core'
import type { IntegerArray } from '../arithmetic/requantize.ts'
import { binaryKernel } from './binary.ts'
import type { BinaryIntegerParameters, BinaryKernel } from './binary.ts'
import type { Sign } from './sign.ts'

/**
 * True where XNNPACK takes the operator: 8-bit integers, both input scales within 2^-10 and 2^8 of the output's. LiteRT
 * computes everything else with its own kernel, in the `tflite` arithmetic.
 */
export function xnnpackTakesSum({ arithmetic, type, a, b, output }: BinaryIntegerParameters): boolean {
  const ratios = [a, b].map(({ scale }) => Math.fround(scale / output.scale))
  const inRange = ratios.every((ratio) => ratio >= 2 ** -10 && ratio < 2 ** 8)
  return arithmetic === 'xnnpack' && type !== 'int16' && inRange
}

/** Significant bits of the larger multiplier, one less. */
const multiplierBits = 20

/** A sum in the `xnnpack` arithmetic: `(a * aMultiplier + b * bMultiplier + bias) >> shift`, then the zero point. */
export interface IntegerSum {
  readonly aMultiplier: number
  /** With the sign of the second operand. */
  readonly bMultiplier: number
  /** Half of the last bit that remains, less what the zero points contribute. */
  readonly bias: number
  readonly shift: number
}

/** Multipliers of up to 21 bits in common units. Follows XNNPACK's `qs8-vadd` and `qu8-vadd`. */
export function integerSum(sign: Sign, { a, b, output }: BinaryIntegerParameters): IntegerSum {
  const aScale = Math.fround(a.scale / output.scale)
  const bScale = Math.fround(b.scale / output.scale)
  const shift = multiplierBits - binaryExponent(Math.max(aScale, bScale))
  const aMultiplier = roundHalfToEven(aScale * 2 ** shift)
  const bMultiplier = sign * roundHalfToEven(bScale * 2 ** shift)
  const bias = 2 ** (shift - 1) - aMultiplier * a.zeroPoint - bMultiplier * b.zeroPoint
  return { aMultiplier, bMultiplier, bias, shift }
}

/**
 * a + sign * b on 8-bit integers in the `xnnpack` arithmetic: each operand has an integer multiplier, and their sum is
 * shifted right once, halves up.
 */
export function signedSumXnnpack(
  sign: Sign,
  parameters: BinaryIntegerParameters,
): BinaryKernel<IntegerArray> {
  const { aMultiplier, bMultiplier, bias, shift } = integerSum(sign, parameters)
  return binaryKernel(parameters, (first, second) => {
    const sum = bias + first * aMultiplier + second * bMultiplier
    return parameters.output.zeroPoint + (sum >> shift)
  })
}

/** e of 2^e <= value < 2^(e + 1), for normal float32 values. */
function binaryExponent(value: number): number {
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0]!
  return (bits >>> 23) - 127
}
