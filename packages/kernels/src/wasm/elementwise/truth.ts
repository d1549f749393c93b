import { operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import { beginNarrowBytes } from '../epilogue/narrow-bytes.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import { hoist } from '../hoist.ts'
import type { ElementwiseOperator } from './operator.ts'

/** What is asked of elements of 1 or 4 bytes, vector by vector: all bits of an element where it holds, none elsewhere. */
export type EmitTruth = (...vectors: readonly Expression<'v128'>[]) => Expression<'v128'>

/** An operator that gives booleans, bytes of 0 and 1. What `holds` is given may be evaluated several times. */
export function truthOperator(elementBytes: 1 | 4, holds: EmitTruth): ElementwiseOperator {
  return {
    ...{ name: 'bool', operandBytes: elementBytes, outputBytes: 1, blockElements: 16 },
    ...{ constants: [], scratchBytes: 0 },
    begin(f) {
      const one = hoist(f, new Uint8Array(16).fill(1))
      const quads = Array.from({ length: elementBytes }, () => f.local('v128'))
      const narrow = beginNarrowBytes(f, 'int8', 0)
      return ({ operands, output, elements }) => {
        const used = quads.slice(0, Math.ceil((elements * elementBytes) / 16))
        used.forEach((quad, at) => f.set(quad, holds(...operands.map((operand) => operand.vector(at)))))
        const bytes = elementBytes === 1 ? used[0]! : narrow(used)
        f.set(bytes, operation('v128.and', get(bytes), get(one)))
        storeBytes(f, bytes, 0, elements, get(output), 0)
      }
    },
  }
}
