import { operation, trap, vectorConstant } from '../assembler/expression.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import type { InnerLoop } from '../inner-loop.ts'
import { dotCase } from './dot-case.ts'

/** Cases that code checks: few, since each is code, but every pair of extreme bytes is among them. */
const cases = 24

/**
 * Writes code that traps where the dot product of an inner loop is not exact: for modules that run where no one can probe the
 * engine beforehand.
 */
export function emitExactDotCheck(f: FunctionBuilder, inner: InnerLoop): void {
  for (let seed = 0; seed < cases; seed++) {
    const { sums, input, weights, expected } = dotCase(seed)
    const found = inner.accumulate(vectorConstant(sums), vectorConstant(input), vectorConstant(weights))
    const difference = operation('v128.xor', found, vectorConstant(expected))
    f.when(operation('v128.any_true', difference), () => f.emit(trap))
  }
}
