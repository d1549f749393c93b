import type { FunctionBuilder } from './assembler/function-builder.ts'

/** Where a kernel finds its operands in memory, in bytes. */
export interface KernelAddresses {
  /** Of the operands, in the order in which the kernel was asked for. */
  readonly inputs: readonly number[]
  readonly output: number
  /** Of the outputs after the first, where an operator has several. */
  readonly furtherOutputs?: readonly number[]
  /** Of {@link GeneratedKernel.constants}, each a multiple of 16. */
  readonly constants: readonly number[]
  /** Of {@link GeneratedKernel.scratchBytes} bytes that no one else uses while the kernel runs; a multiple of 16. */
  readonly scratch: number
}

/** An operator as WebAssembly, specialised to its shapes and parameters. */
export interface GeneratedKernel {
  /** What computes: the inner loop for products of integers, or the type of the elements. */
  readonly name: string
  /** Packed weights and parameters, which the kernel only reads. */
  readonly constants: readonly ArrayBufferView[]
  readonly scratchBytes: number
  /**
   * What decides the code but the addresses: kernels of equal signatures can be one function that has addresses as parameters,
   * which are given as `parameterAddress`. Left out where addresses decide more than constants.
   */
  readonly signature?: string
  /** Writes the body of a function without parameters. Reads at most 64 bytes past its operands, and writes none. */
  emit(f: FunctionBuilder, addresses: KernelAddresses): void
}
