import type { ActivationType } from '../../shared/integer-tensor.ts'
import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { extensions } from './bytes.ts'
import type { BlockOperand } from './operator.ts'

const widenings = ['i32x4.extend_low_i16x8_s', 'i32x4.extend_high_i16x8_s'] as const

/** Bytes of a stored integer. */
export const storedBytes = { int8: 1, uint8: 1, int16: 2 } as const satisfies Record<ActivationType, number>

/** Makes registers for sixteen stored integers; the result writes the code that loads the first ones, four to each vector. */
export function beginLoadQuads(
  f: FunctionBuilder,
  type: ActivationType,
): (operand: BlockOperand, elements: number) => readonly Local<'v128'>[] {
  const [loaded, half] = [f.local('v128'), f.local('v128')]
  const quads = Array.from({ length: 4 }, () => f.local('v128'))
  const setHalf = (operand: BlockOperand, index: number): void => {
    if (type === 'int16') {
      f.set(half, operand.vector(index))
      return
    }
    if (index === 0) f.set(loaded, operand.vector(0))
    f.set(half, operation(extensions[type][index]!, get(loaded)))
  }
  return (operand, elements) => {
    const used = quads.slice(0, Math.ceil(elements / 4))
    used.forEach((quad, index) => {
      if (index % 2 === 0) setHalf(operand, index >> 1)
      f.set(quad, operation(widenings[index % 2]!, get(half)))
    })
    return used
  }
}
