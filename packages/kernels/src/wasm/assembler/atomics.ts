import { unsignedCode } from './encode.ts'
import type { Code } from './encode.ts'
import { constant, drop } from './expression.ts'
import type { Expression, Statement } from './expression.ts'

const prefix = '\xfe'
/** Atomic accesses must state their natural alignment: 2^2 bytes. */
const i32Alignment = '\x02'

/** An atomic instruction on the i32 at a constant address, a multiple of 4. */
function atomic(code: number, address: number, ...operands: readonly Code[]): Expression<'i32'> {
  const access = prefix + unsignedCode(code) + i32Alignment + unsignedCode(address)
  return (constant(0) + operands.join('') + access) as Expression<'i32'>
}

/** The i32 in shared memory, as the latest store of any thread left it. */
export function atomicLoad(address: number): Expression<'i32'> {
  return atomic(0x10, address)
}

/** Stores an i32 in shared memory, after everything that this thread has stored before. */
export function atomicStore(address: number, value: Expression<'i32'>): Statement {
  return atomic(0x17, address, value) as Code as Statement
}

/** Adds to an i32 in shared memory and leaves what it was before. */
export function atomicAdd(address: number, value: Expression<'i32'>): Expression<'i32'> {
  return atomic(0x1e, address, value)
}

/** Replaces an i32 in shared memory if it is what is expected, and leaves what it was before. */
export function atomicCompareExchange(
  address: number,
  expected: Expression<'i32'>,
  replacement: Expression<'i32'>,
): Expression<'i32'> {
  return atomic(0x48, address, expected, replacement)
}

/** Sleeps until notified, unless the i32 in shared memory is not what is expected. */
export function atomicWait(address: number, expected: Expression<'i32'>): Statement {
  const withoutEnd = '\x42\x7f'
  return drop(atomic(0x01, address, expected, withoutEnd))
}

/** Wakes every thread that sleeps at an address. */
export function atomicNotifyAll(address: number): Statement {
  return drop(atomic(0x00, address, constant(-1)))
}
