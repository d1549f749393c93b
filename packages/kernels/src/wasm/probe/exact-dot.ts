import { operation, shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'

type Vector = Expression<'v128'>

/**
 * What the dot product of `usdot` should be, made of baseline instructions, which every engine computes exactly: four sums, and to
 * each the products of four unsigned bytes of input and four signed bytes of weights.
 */
export function exactDot(sums: Vector, input: Vector, weights: Vector): Vector {
  const low = operation(
    'i32x4.dot_i16x8_s',
    operation('i16x8.extend_low_i8x16_u', input),
    operation('i16x8.extend_low_i8x16_s', weights),
  )
  const high = operation(
    'i32x4.dot_i16x8_s',
    operation('i16x8.extend_high_i8x16_u', input),
    operation('i16x8.extend_high_i8x16_s', weights),
  )
  const even = shuffle(low, high, [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27])
  const odd = shuffle(low, high, [4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31])
  return operation('i32x4.add', sums, operation('i32x4.add', even, odd))
}
