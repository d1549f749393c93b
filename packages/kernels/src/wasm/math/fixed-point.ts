import type { QuantizedMultiplier } from '../../arithmetic/fixed-point.ts'
import { constant, operation, shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'

/** Replaces four int32, in place. */
export type EmitQuad = (quad: Local<'v128'>) => void

/** The upper 32 bits of four integers of 64 bits. */
const upperHalves = [4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31]

/**
 * `round(a * b / 2^31)` for four int32, halves towards +infinity: `saturatingRoundingDoublingHighMultiply` of
 * `arithmetic/fixed-point.ts`, but for its one saturation, -2^31 times itself.
 */
export function beginHighMultiply(
  f: FunctionBuilder,
): (a: Local<'v128'>, b: Local<'v128'>) => Expression<'v128'> {
  const nudge = hoist(f, new BigInt64Array(2).fill(2n ** 30n))
  return (a, b) => {
    // Bits 31 to 62 of the sums.
    const doubled = (product: Expression<'v128'>) =>
      operation('i64x2.shl', operation('i64x2.add', product, get(nudge)), constant(1))
    const low = operation('i64x2.extmul_low_i32x4_s', get(a), get(b))
    const high = operation('i64x2.extmul_high_i32x4_s', get(a), get(b))
    return shuffle(doubled(low), doubled(high), upperHalves)
  }
}

/** The product of four int32 with one factor: `multiplyByQuantizedMultiplier` of `arithmetic/fixed-point.ts`. */
export function beginQuantizedMultiplier(
  f: FunctionBuilder,
  { multiplier, shift }: QuantizedMultiplier,
): EmitQuad {
  const factor = hoist(f, new Int32Array(4).fill(multiplier))
  const multiply = beginHighMultiply(f)
  const divide = beginRoundingDivision(f, Math.max(0, -shift))
  return (quad) => {
    if (shift > 0) f.set(quad, operation('i32x4.shl', get(quad), constant(shift)))
    f.set(quad, multiply(quad, factor))
    divide(quad)
  }
}

/** Divides by 2^exponent, halves away from zero: `roundingDivideByPowerOfTwo` of `arithmetic/fixed-point.ts`. */
export function beginRoundingDivision(f: FunctionBuilder, exponent: number): EmitQuad {
  if (exponent === 0) return () => undefined
  const bits = exponent === 31 ? 0x7fffffff : (1 << exponent) - 1
  const mask = hoist(f, new Int32Array(4).fill(bits))
  const half = hoist(f, new Int32Array(4).fill(bits >> 1))
  const isAbove = f.local('v128')
  return (quad) => {
    const remainder = operation('v128.and', get(quad), get(mask))
    const sign = operation('i32x4.shr_s', get(quad), constant(31))
    f.set(isAbove, operation('i32x4.gt_s', remainder, operation('i32x4.sub', get(half), sign)))
    f.set(quad, operation('i32x4.sub', operation('i32x4.shr_s', get(quad), constant(exponent)), get(isAbove)))
  }
}
