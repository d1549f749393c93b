import { bytesPerElement } from '@quantrx/core'
import { wasm } from '@quantrx/kernels'
import type { ElementWalk } from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions, RuntimeTensor } from '../operator.ts'

/** Operators that only move elements of a tensor, to one or more outputs of its type and the shapes of the walks, as WebAssembly. */
export function generateWalk(
  input: RuntimeTensor,
  [output, ...furtherOutputs]: readonly RuntimeTensor[],
  walks: readonly ElementWalk[],
  { share }: GenerateOptions,
): BoundKernel {
  const kernel = wasm.walkKernel(walks, bytesPerElement(input.type), share)
  return { kernel, inputs: [input], output: output!, furtherOutputs }
}
