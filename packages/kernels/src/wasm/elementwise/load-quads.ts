import type { ActivationType } from '../../shared/integer-tensor.ts'
import { operation } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import { extensions } from './bytes.ts'
import type { BlockOperand } from './operator.ts'

const widenings = ['i32x4.extend_low_i16x8_s', 'i32x4.extend_high_i16x8_s'] as const

/** Bytes of a stored integer. */
export const storedBytes = { int8: 1, uint8: 1, int16: 2 } as const satisfies Record<ActivationType, number>

/**
 * Makes registers for sixteen stored integers; the result writes the code that loads the first ones, four to each vector, and
 * subtracts a zero point, which the type must hold.
 */
export function beginLoadQuads(
  f: FunctionBuilder,
  type: ActivationType,
  zeroPoint: number,
): (operand: BlockOperand, elements: number) => readonly Local<'v128'>[] {
  const [loaded, half] = [f.local('v128'), f.local('v128')]
  const quads = Array.from({ length: 4 }, () => f.local('v128'))
  const isShort = type === 'int16'
  const splat = () =>
    hoist(f, isShort ? new Int32Array(4).fill(zeroPoint) : new Int16Array(8).fill(zeroPoint))
  const offset = zeroPoint === 0 ? undefined : splat()
  const setHalf = (operand: BlockOperand, index: number): void => {
    if (type === 'int16') {
      f.set(half, operand.vector(index))
      return
    }
    if (index === 0) f.set(loaded, operand.vector(0))
    f.set(half, operation(extensions[type][index]!, get(loaded)))
    if (offset !== undefined) f.set(half, operation('i16x8.sub', get(half), get(offset)))
  }
  return (operand, elements) => {
    const used = quads.slice(0, Math.ceil(elements / 4))
    used.forEach((quad, index) => {
      if (index % 2 === 0) setHalf(operand, index >> 1)
      f.set(quad, operation(widenings[index % 2]!, get(half)))
      if (isShort && offset !== undefined) f.set(quad, operation('i32x4.sub', get(quad), get(offset)))
    })
    return used
  }
}
