import { constant, copyMemory, load, store } from '../assembler/expression.ts'
import { get } from '../assembler/function-builder.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import { storeBytes } from '../epilogue/store-bytes.ts'
import { emitLoops } from '../loops.ts'
import type { Loop } from '../loops.ts'
import { spanOf } from '../share.ts'
import type { Share } from '../share.ts'

/** Rows of consecutive bytes that move from one tensor to another. */
export interface StridedCopy {
  /** Bytes from the beginning of the tensors to the first row. */
  readonly sourceAt: number
  readonly targetAt: number
  readonly rowBytes: number
  /** The outermost first; what each moves the source and the target by. */
  readonly loops: readonly Loop[]
}

/** Longer rows are copied by an instruction, which costs a call. */
const largestInline = 128
const cacheLine = 64

/** Rows that one number holds, by their bytes. */
const singleMoves = {
  1: { take: 'i32.load8_u', put: 'i32.store8' },
  2: { take: 'i32.load16_u', put: 'i32.store16' },
  4: { take: 'i32.load', put: 'i32.store' },
} as const

/** The same copy with as few loops and as long rows as possible. */
export function joinRows(copy: StridedCopy): StridedCopy {
  const loops = copy.loops.filter(({ count }) => count !== 1)
  const last = loops.at(-1)
  if (last === undefined || last.steps.some((step) => step !== copy.rowBytes)) return { ...copy, loops }
  return joinRows({ ...copy, loops: loops.slice(0, -1), rowBytes: last.count * copy.rowBytes })
}

/** The part of a copy that is one of several shares: some runs of the outermost loop, or a part of the only row. */
export function shareOfCopy(copy: StridedCopy, share: Share | undefined): StridedCopy {
  const { sourceAt, targetAt, rowBytes, loops } = joinRows(copy)
  const [outer, ...inner] = loops
  const { from, to } = outer === undefined ? spanOf(rowBytes, share, cacheLine) : spanOf(outer.count, share)
  const [sourceStep = 1, targetStep = 1] = outer?.steps ?? []
  const start = { sourceAt: sourceAt + from * sourceStep, targetAt: targetAt + from * targetStep }
  return outer === undefined
    ? { ...start, rowBytes: to - from, loops }
    : { ...start, rowBytes, loops: [{ ...outer, count: to - from }, ...inner] }
}

/** Writes the code of a copy between tensors at two addresses. */
export function emitStridedCopy(f: FunctionBuilder, copy: StridedCopy, source: number, target: number): void {
  const { sourceAt, targetAt, rowBytes, loops } = joinRows(copy)
  if (rowBytes === 0 || loops.some(({ count }) => count === 0)) return
  const [from, to] = [f.local('i32'), f.local('i32')]
  f.set(from, constant(source + sourceAt))
  f.set(to, constant(target + targetAt))
  emitLoops(f, loops, [from, to], () => emitRow(f, from, to, rowBytes))
}

/** Writes the code that moves a row of 1 byte or more. */
export function emitRow(f: FunctionBuilder, from: Local<'i32'>, to: Local<'i32'>, bytes: number): void {
  if (bytes > largestInline) {
    f.emit(copyMemory(get(to), get(from), constant(bytes)))
    return
  }
  if (bytes === 1 || bytes === 2 || bytes === 4) {
    const { take, put } = singleMoves[bytes]
    f.emit(store(put, get(to), load(take, get(from))))
    return
  }
  if (bytes < 16) {
    const row = f.local('v128')
    f.set(row, load('v128.load', get(from)))
    storeBytes(f, row, 0, bytes, get(to), 0)
    return
  }
  const move = (at: number): void =>
    f.emit(store('v128.store', get(to), load('v128.load', get(from), at), at))
  for (let at = 0; at + 16 <= bytes; at += 16) move(at)
  if (bytes % 16 > 0) move(bytes - 16)
}
