import { constant, operation, shuffle, vectorConstant } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'

/** Divides four integers from 0 to `256 * count - 1` by a count and rounds down, in place. */
export type EmitDivision = (quad: Local<'v128'>) => void

/** Counts whose quotients can be had from products of 32 bits. */
const largestNarrowCount = 256
/** Counts whose multipliers float64 can compute. */
export const largestCount = 2 ** 20
/** Counts of int16 whose raised sums stay within 32 bits. */
export const largestWideCount = 2 ** 15

/**
 * Prepares the division by a count, at most {@link largestCount}: `n / count` is `n * m >> s` with `m` the smallest integer not
 * below `2^s / count`, since `n * (m * count - 2^s) < 256 * count^2 <= 2^s` (Granlund and Montgomery, "Division by Invariant
 * Integers using Multiplication", 1994).
 */
export function beginDivision(f: FunctionBuilder): (count: number) => EmitDivision {
  const multiplier = f.local('v128')
  return (count) => {
    if (count > largestNarrowCount) return emitWideDivision(f, multiplier, count, 8 + 2 * bitsOf(count))
    const shift = 24
    setMultiplier(f, multiplier, count, shift)
    return (quad) => {
      const product = operation('i32x4.mul', get(quad), get(multiplier))
      f.set(quad, operation('i32x4.shr_u', product, constant(shift)))
    }
  }
}

/**
 * As {@link beginDivision}, of integers from 0 to `65536 * count - 1` by a count of at most {@link largestWideCount}: the same with
 * `65536 * count^2 <= 2^s`.
 */
export function beginWideDivision(f: FunctionBuilder): (count: number) => EmitDivision {
  const multiplier = f.local('v128')
  return (count) => emitWideDivision(f, multiplier, count, 16 + 2 * bitsOf(count))
}

/** Places of the next power of two from a count on. */
const bitsOf = (count: number): number => 32 - Math.clz32(count - 1)

function setMultiplier(f: FunctionBuilder, multiplier: Local<'v128'>, count: number, shift: number): void {
  f.set(multiplier, vectorConstant(new Uint32Array(4).fill(Math.ceil(2 ** shift / count))))
}

/** Through products of 64 bits. */
function emitWideDivision(
  f: FunctionBuilder,
  multiplier: Local<'v128'>,
  count: number,
  shift: number,
): EmitDivision {
  setMultiplier(f, multiplier, count, shift)
  return (quad) => {
    const low = operation('i64x2.extmul_low_i32x4_u', get(quad), get(multiplier))
    const high = operation('i64x2.extmul_high_i32x4_u', get(quad), get(multiplier))
    const shifted = (product: typeof low) => operation('i64x2.shr_u', product, constant(shift))
    f.set(quad, shuffle(shifted(low), shifted(high), lowerHalves))
  }
}

/** The lower 32 bits of four integers of 64 bits. */
const lowerHalves = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27]
