import { load, operation, shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'

type Vector = Expression<'v128'>

/** The upper 32 bits of four 64-bit products. */
export const upperHalves = [4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31]

/** What four sums are multiplied by, and what is added to their products: the first two and the last two of 64 bits. */
export interface ProductOperands {
  readonly multiplier: Vector
  readonly offsets: readonly [low: Vector, high: Vector]
}

/**
 * `(sum * multiplier + offset) >> 32` of four int32 (`s`) or uint32 (`u`). V8 makes three instructions of each of the two products,
 * one of which multiplies.
 */
export function upperProducts(sums: Vector, operands: ProductOperands, sign: 's' | 'u'): Vector {
  const { multiplier, offsets } = operands
  const products = (['low', 'high'] as const).map((half, at) =>
    operation('i64x2.add', operation(`i64x2.extmul_${half}_i32x4_${sign}`, sums, multiplier), offsets[at]!),
  )
  return shuffle(products[0]!, products[1]!, upperHalves)
}

/** Makes registers for operands; the result writes the code that loads them, one vector after the other, from an address. */
export function productOperands(
  f: FunctionBuilder,
): (address: Local<'i32'>, offset: number) => ProductOperands {
  const [multiplier, low, high] = [f.local('v128'), f.local('v128'), f.local('v128')]
  return (address, offset) => {
    for (const [at, register] of [multiplier, low, high].entries())
      f.set(register, load('v128.load', get(address), offset + at * 16))
    return { multiplier: get(multiplier), offsets: [get(low), get(high)] }
  }
}
