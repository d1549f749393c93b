import { operation, shuffle } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import type { ElementwiseOperator } from './operator.ts'

/** A function of float32 that is computed in float64 and rounded once. */
export interface WideFunction {
  /** What float64 are made of: four float32 made of the four that the function is applied to. */
  argument(values: Local<'v128'>): Expression<'v128'>
  /** The function of two float64 at a time. */
  begin(f: FunctionBuilder, constants: number): (pair: Local<'v128'>) => void
  /** The results, made of those four and of the rounded float64. */
  result(values: Local<'v128'>, rounded: Expression<'v128'>): Expression<'v128'>
}

const upperHalf = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]
const bothLowerHalves = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]

/**
 * Applies a function that is computed in float64 to four float32 at a time.
 *
 * @param constants what the function reads, where it reads something.
 */
export function wideOperator(
  functionFor: (f: FunctionBuilder) => WideFunction,
  constants?: Float64Array,
): ElementwiseOperator {
  return {
    ...{ name: 'float32', operandBytes: 4, outputBytes: 4, blockElements: 4, scratchBytes: 0 },
    constants: constants === undefined ? [] : [constants],
    begin(f, { constants: [at = 0] }) {
      const { argument, begin, result } = functionFor(f)
      const apply = begin(f, at)
      const [values, narrow, low, high] = [f.local('v128'), f.local('v128'), f.local('v128'), f.local('v128')]
      return ({ operands: [operand], output, elements }) => {
        f.set(values, operand!.vector(0))
        f.set(narrow, argument(values))
        f.set(low, operation('f64x2.promote_low_f32x4', get(narrow)))
        apply(low)
        f.set(high, operation('f64x2.promote_low_f32x4', shuffle(get(narrow), get(narrow), upperHalf)))
        apply(high)
        const rounded = shuffle(
          operation('f32x4.demote_f64x2_zero', get(low)),
          operation('f32x4.demote_f64x2_zero', get(high)),
          bothLowerHalves,
        )
        f.set(values, result(values, rounded))
        storeBytes(f, values, 0, elements * 4, get(output), 0)
      }
    },
  }
}
