import { store, storeLane } from '../assembler/expression.ts'
import type { Expression } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'

const laneBytes = [8, 4, 2, 1] as const

/** Stores `count` bytes of a vector from its byte `from` on, and none beside them. */
export function storeBytes(
  f: FunctionBuilder,
  vector: Local<'v128'>,
  from: number,
  count: number,
  address: Expression<'i32'>,
  offset: number,
): void {
  if (from === 0 && count === 16) {
    f.emit(store('v128.store', address, get(vector), offset))
    return
  }
  let [at, left, to] = [from, count, offset]
  while (left > 0) {
    const bytes = laneBytes.find((size) => at % size === 0 && size <= left)!
    f.emit(storeLane((bytes * 8) as 8 | 16 | 32 | 64, address, get(vector), at / bytes, to))
    at += bytes
    to += bytes
    left -= bytes
  }
}
