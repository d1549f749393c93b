import { operation, trap, vectorConstant } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { functionBuilder } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import { moduleBytes } from '../assembler/module.ts'
import type { InnerLoop } from '../inner-loop.ts'

type Vector = Expression<'v128'>

/** Squares that end in a bit which float32 has no room for. */
const factors = Float32Array.of(1 + 2 ** -12, 1 + 2 ** -13, -1 - 2 ** -12, 3 + 2 ** -11)
/** All of the squares but the last bit. */
const rounded = factors.map((factor) => -Math.fround(factor * factor))
/** What is left when nothing was rounded before. */
const left = factors.map((factor, lane) => factor * factor + rounded[lane]!)

/** Bits that are set where the product of an inner loop of float32 is rounded before it is added. */
function difference({ accumulate }: InnerLoop): Vector {
  const found = accumulate(vectorConstant(rounded), vectorConstant(factors), vectorConstant(factors))
  return operation('v128.xor', found, vectorConstant(left))
}

/** Writes code that traps where products and sums of an inner loop of float32 are not rounded together. */
export function emitFusedProductCheck(f: FunctionBuilder, inner: InnerLoop): void {
  f.when(operation('v128.any_true', difference(inner)), () => f.emit(trap))
}

/**
 * Computes products whose rounding shows.
 *
 * @returns false, too, for an instruction that the engine does not know.
 */
export function isFusedProduct(inner: InnerLoop): boolean {
  const code = functionBuilder().finish(operation('v128.any_true', difference(inner)))
  const functions = [{ parameters: 0, results: 1, code, exportName: 'differs' }] as const
  const bytes = moduleBytes({ functions, pages: 1 })
  if (!WebAssembly.validate(bytes)) return false
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes))
  return (exports['differs'] as () => number)() === 0
}
