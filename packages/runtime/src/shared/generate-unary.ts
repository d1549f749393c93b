import { wasm } from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions } from '../operator.ts'
import { inputAt, outputAt } from './operands.ts'
import { checkUnary, storedOptions } from './unary.ts'
import type { UnaryContext, UnaryKernels } from './unary.ts'

/** How a function of one number becomes WebAssembly: for float32 its own kernel, for stored integers the function itself. */
export interface UnaryGenerators {
  float32(elements: number, share?: wasm.Share): wasm.GeneratedKernel
  readonly stored: UnaryKernels['stored']
}

/** An operator on one input, of the type of its output, as WebAssembly, but for int16. */
export function generateUnary(
  context: UnaryContext,
  options: GenerateOptions,
  supports: readonly string[],
  generators: UnaryGenerators,
): BoundKernel | undefined {
  checkUnary(context, supports)
  const input = inputAt(context, 0)
  return input.type === 'float32'
    ? bindUnary(context, generators.float32(input.data.length, options.share))
    : generateStored(context, options, supports, generators.stored)
}

/** A function of one stored 8-bit integer that gives another as WebAssembly. */
export function generateStored(
  context: UnaryContext,
  { share }: GenerateOptions,
  supports: readonly string[],
  stored: UnaryKernels['stored'],
): BoundKernel | undefined {
  const options = storedOptions(context, supports)
  const { inputType, outputType } = options
  if (inputType === 'int16' || outputType === 'int16') return undefined
  const elements = inputAt(context, 0).data.length
  return bindUnary(context, wasm.storedMapKernel(inputType, outputType, stored(options), elements, share))
}

/** Gives a kernel the only input and output of an operator. */
export function bindUnary(
  context: UnaryContext,
  kernel: wasm.GeneratedKernel | undefined,
): BoundKernel | undefined {
  return kernel && { kernel, inputs: [inputAt(context, 0)], output: outputAt(context) }
}
