import { wasm } from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions } from '../operator.ts'
import { inputAt, outputAt } from './operands.ts'
import { checkUnary, storedOptions } from './unary.ts'
import type { StoredOptions, UnaryContext, UnaryKernels } from './unary.ts'

/** How a function of one number becomes WebAssembly: for float32 its own kernel, for stored integers the function itself. */
export interface UnaryGenerators extends StoredGenerators {
  float32(elements: number, share?: wasm.Share): wasm.GeneratedKernel
}

/** How a function of one stored integer becomes WebAssembly. */
export interface StoredGenerators {
  readonly stored: UnaryKernels['stored']
  /** Code for int16, which has too many values for a table; without it, int16 is left to the reference. */
  readonly shorts?: ShortCode | undefined
}

/** Generated code for a number of elements of which the inputs or the outputs are int16. */
export type ShortCode = (
  options: StoredOptions,
  elements: number,
  share?: wasm.Share,
) => wasm.GeneratedKernel | undefined

/** An operator on one input, of the type of its output, as WebAssembly. */
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
    : generateStored(context, options, supports, generators)
}

/** A function of one stored integer that gives another as WebAssembly. */
export function generateStored(
  context: UnaryContext,
  { share }: GenerateOptions,
  supports: readonly string[],
  { stored, shorts }: StoredGenerators,
): BoundKernel | undefined {
  const options = storedOptions(context, supports)
  const { inputType, outputType } = options
  const elements = inputAt(context, 0).data.length
  if (inputType === 'int16' || outputType === 'int16')
    return bindUnary(context, shorts?.(options, elements, share))
  return bindUnary(context, wasm.storedMapKernel(inputType, outputType, stored(options), elements, share))
}

/** Code for int16 of what {@link wasm.rescaleKernel} computes. */
export const rescaledShorts =
  (rescaleOf: (options: StoredOptions) => Rescale): ShortCode =>
  (options, elements, share) =>
    wasm.rescaleKernel({ ...options, ...rescaleOf(options) }, elements, share)

type Rescale = Omit<wasm.RescaleParameters, 'inputType' | 'outputType'>

/** Gives a kernel the only input and output of an operator. */
export function bindUnary(
  context: UnaryContext,
  kernel: wasm.GeneratedKernel | undefined,
): BoundKernel | undefined {
  return kernel && { kernel, inputs: [inputAt(context, 0)], output: outputAt(context) }
}
