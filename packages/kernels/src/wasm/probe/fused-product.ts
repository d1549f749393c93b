import { operation, trap, vectorConstant } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import type { InnerLoop } from '../inner-loop.ts'

type Vector = Expression<'v128'>

/** Squares that end in a bit which float32 has no room for. */
const factors = Float32Array.of(1 + 2 ** -12, 1 + 2 ** -13, -1 - 2 ** -12, 3 + 2 ** -11)
/** All of the squares but the last bit. */
const rounded = factors.map((factor) => -Math.fround(factor * factor))
/** What is left when nothing was rounded before. */
const left = factors.map((factor, lane) => factor * factor + rounded[lane]!)

/** Bits that are set where the product of an inner loop of float32 is rounded before it is added. */
export function roundedProducts({ accumulate }: InnerLoop): Vector {
  const found = accumulate(vectorConstant(rounded), vectorConstant(factors), vectorConstant(factors))
  return operation('v128.xor', found, vectorConstant(left))
}

/** Writes code that traps where products and sums of an inner loop of float32 are not rounded together. */
export function emitFusedProductCheck(f: FunctionBuilder, inner: InnerLoop): void {
  f.when(operation('v128.any_true', roundedProducts(inner)), () => f.emit(trap))
}
