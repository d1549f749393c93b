import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import type { ElementwiseOperator } from './operator.ts'

/** Computes vectors of sixteen bytes. What `compute` is given may be evaluated several times. */
export function byteOperator(
  name: string,
  compute: (...vectors: readonly Expression<'v128'>[]) => Expression<'v128'>,
): ElementwiseOperator {
  return {
    ...{ name, operandBytes: 1, outputBytes: 1, blockElements: 16, constants: [], scratchBytes: 0 },
    begin(f) {
      const bytes = f.local('v128')
      return ({ operands, output, elements }) => {
        f.set(bytes, compute(...operands.map((operand) => operand.vector(0))))
        storeBytes(f, bytes, 0, elements, get(output), 0)
      }
    },
  }
}
