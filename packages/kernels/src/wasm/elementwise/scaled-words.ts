import { constant, operation, shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { upperHalves } from '../epilogue/upper-products.ts'
import { hoist } from '../hoist.ts'

/** How four int32 are multiplied: as `multiplyByQuantizedMultiplier` of `arithmetic/fixed-point.ts` does. */
export interface WordScale {
  readonly multiplier: number
  /** Places from 0 to 31 that products are shifted to the right, 30 at most where numbers are not doubled. */
  readonly right: number
  /** True where the int32 are twice the numbers that are meant; otherwise they are of magnitude 2^30 at most. */
  readonly doubled: boolean
}

/**
 * Replaces four int32 by their products with one factor, rounded twice. With v for the number and e for the places, that is
 *
 *     (v * multiplier + 2^30 + [e > 0] * 2^(30+e) - [v < 0 and e > 0] * 2^31) >> (31 + e)
 *
 * The last term is a whole upper half of twice the product, and so is taken from that.
 */
export function beginScaledWords(
  f: FunctionBuilder,
  { multiplier, right, doubled }: WordScale,
): (quad: Local<'v128'>) => void {
  const factor = hoist(f, new Int32Array(4).fill(multiplier))
  const rounding = 2n ** 31n + (right > 0 ? 2n ** BigInt(31 + right) : 0n)
  const offset = hoist(f, new BigInt64Array(2).fill(doubled ? rounding : rounding / 2n))
  const twice = (product: Expression<'v128'>): Expression<'v128'> => {
    const moved = operation('i64x2.add', product, get(offset))
    return doubled ? moved : operation('i64x2.shl', moved, constant(1))
  }
  return (quad) => {
    const low = operation('i64x2.extmul_low_i32x4_s', get(quad), get(factor))
    const high = operation('i64x2.extmul_high_i32x4_s', get(quad), get(factor))
    const upper = shuffle(twice(low), twice(high), upperHalves)
    if (right === 0) {
      f.set(quad, upper)
      return
    }
    const corrected = operation('i32x4.add', upper, operation('i32x4.shr_s', get(quad), constant(31)))
    f.set(quad, operation('i32x4.shr_s', corrected, constant(right)))
  }
}
