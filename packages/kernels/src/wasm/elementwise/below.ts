import { operation } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder } from '../assembler/function-builder.ts'
import { hoist } from '../hoist.ts'
import type { ByteType } from './bytes.ts'

const comparisons = { int8: 'i8x16.lt_s', uint8: 'i8x16.lt_u' } as const

/** All bits of the bytes of a vector that are below a value of their type, and none of the others. */
export function beginBelow(
  f: FunctionBuilder,
  type: ByteType,
  value: number,
): (bytes: Expression<'v128'>) => Expression<'v128'> {
  const limit = hoist(f, new Uint8Array(16).fill(value))
  return (bytes) => operation(comparisons[type], bytes, get(limit))
}
