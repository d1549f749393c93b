import { operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import { extensions } from './bytes.ts'
import type { ByteType } from './bytes.ts'
import type { BlockOperand } from './operator.ts'

/** The largest 8-bit integer less its zero point, and the largest product of two. */
export const largestDifference = 255
export const largestProduct = largestDifference * largestDifference

/** Sixteen int16, eight in each of two vectors. */
export type Halves = readonly Local<'v128'>[]

/** Takes sixteen stored integers to int16 less the zero point, the lower eight and the upper eight. */
export function beginCentered(
  f: FunctionBuilder,
  type: ByteType,
  zeroPoint: number,
): (operand: BlockOperand) => Halves {
  const bytes = f.local('v128')
  const halves = [f.local('v128'), f.local('v128')]
  const offset = zeroPoint === 0 ? undefined : hoist(f, new Int16Array(8).fill(zeroPoint))
  return (operand) => {
    f.set(bytes, operand.vector(0))
    halves.forEach((half, index) => {
      const extended = operation(extensions[type][index]!, get(bytes))
      f.set(half, offset === undefined ? extended : operation('i16x8.sub', extended, get(offset)))
    })
    return halves
  }
}

/** The products of a quarter of the elements. */
export function productOf([a, b]: readonly [Halves, Halves], quad: number): Expression<'v128'> {
  const half = quad >> 1
  const multiply = quad % 2 === 0 ? 'i32x4.extmul_low_i16x8_s' : 'i32x4.extmul_high_i16x8_s'
  return operation(multiply, get(a[half]!), get(b[half]!))
}
