import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import type { ElementwiseOperator } from './operator.ts'

/** Computes vectors of sixteen bytes, or of eight int16. What `compute` is given may be evaluated several times. */
export function vectorOperator(
  name: string,
  compute: (...vectors: readonly Expression<'v128'>[]) => Expression<'v128'>,
  elementBytes: 1 | 2 = 1,
): ElementwiseOperator {
  return {
    ...{ name, operandBytes: elementBytes, outputBytes: elementBytes, constants: [], scratchBytes: 0 },
    blockElements: elementBytes === 1 ? 16 : 8,
    begin(f) {
      const vector = f.local('v128')
      return ({ operands, output, elements }) => {
        f.set(vector, compute(...operands.map((operand) => operand.vector(0))))
        storeBytes(f, vector, 0, elements * elementBytes, get(output), 0)
      }
    },
  }
}
