import { constant, operation, shuffle, vectorConstant } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'

/** Divides four integers from 0 to `256 * count - 1` by a count and rounds down, in place. */
export type EmitDivision = (quad: Local<'v128'>) => void

/** Counts whose quotients can be had from products of 32 bits. */
const largestNarrowCount = 256
/** Counts whose multipliers float64 can compute. */
export const largestCount = 2 ** 20

/**
 * Prepares the division by a count, at most {@link largestCount}: `n / count` is `n * m >> s` with `m` the smallest integer not
 * below `2^s / count`, since `n * (m * count - 2^s) < 256 * count^2 <= 2^s` (Granlund and Montgomery, "Division by Invariant
 * Integers using Multiplication", 1994).
 */
export function beginDivision(f: FunctionBuilder): (count: number) => EmitDivision {
  const multiplier = f.local('v128')
  const setMultiplier = (count: number, shift: number): void =>
    f.set(multiplier, vectorConstant(new Uint32Array(4).fill(Math.ceil(2 ** shift / count))))
  return (count) => {
    const narrow = count <= largestNarrowCount
    const shift = narrow ? 24 : 8 + 2 * (32 - Math.clz32(count - 1))
    setMultiplier(count, shift)
    return (quad) => {
      if (narrow) {
        const product = operation('i32x4.mul', get(quad), get(multiplier))
        f.set(quad, operation('i32x4.shr_u', product, constant(shift)))
        return
      }
      const low = operation('i64x2.extmul_low_i32x4_u', get(quad), get(multiplier))
      const high = operation('i64x2.extmul_high_i32x4_u', get(quad), get(multiplier))
      const shifted = (product: typeof low) => operation('i64x2.shr_u', product, constant(shift))
      f.set(quad, shuffle(shifted(low), shifted(high), lowerHalves))
    }
  }
}

/** The lower 32 bits of four integers of 64 bits. */
const lowerHalves = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27]
