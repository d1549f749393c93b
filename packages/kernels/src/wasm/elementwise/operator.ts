import type { Expression } from '../assembler/expression.ts'
import type { FunctionBuilder, Local } from '../assembler/function-builder.ts'
import type { KernelAddresses } from '../kernel.ts'

/** Where the elements of an operand are that belong to a block. */
export interface BlockOperand {
  /** Sixteen bytes of them, counted in vectors from the first; an operand that is repeated fills the vector. */
  vector(index: number): Expression<'v128'>
  /** The byte of an element that has one, without a sign. */
  byte(element: number): Expression<'i32'>
}

/** Neighbouring elements that are computed together. */
export interface Block {
  readonly operands: readonly BlockOperand[]
  /** Address of the block's first output. */
  readonly output: Local<'i32'>
  /** Elements that are stored; the operands may hold more. */
  readonly elements: number
}

/** Bytes of an element. */
export type ElementBytes = 1 | 2 | 4

/** An operator whose outputs each depend on the elements of its operands at the same place, and on nothing else. */
export interface ElementwiseOperator {
  /** What computes, as kernels are named. */
  readonly name: string
  /** Bytes of an element of each operand: one number for all, or a list. */
  readonly operandBytes: ElementBytes | readonly ElementBytes[]
  readonly outputBytes: ElementBytes
  /** Most elements of a block, a divisor of {@link shareElements}. */
  readonly blockElements: 4 | 8 | 16
  readonly constants: readonly ArrayBufferView[]
  readonly scratchBytes: number
  /** Makes what blocks share, once for a function; the result writes the code for a block. */
  begin(f: FunctionBuilder, addresses: Pick<KernelAddresses, 'constants' | 'scratch'>): (block: Block) => void
}

/** Shares of a row are cut at multiples of this many elements, so that no two threads write to one vector. */
export const shareElements = 16

/** Bytes of an element of the operand at a position. */
export function operandBytesAt({ operandBytes }: ElementwiseOperator, operand: number): ElementBytes {
  return typeof operandBytes === 'number' ? operandBytes : operandBytes[operand]!
}
