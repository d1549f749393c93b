import { wasm } from '@quantrx/kernels'
import { tensorBytes } from '../memory.ts'
import type { BoundKernel, GenerateOptions, OperatorContext, RuntimeTensor, Step } from '../operator.ts'
import { inputAt, outputAt, unsupportedTypes } from './operands.ts'
import { checkElementCount } from './unary.ts'

type AnyContext = Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>

/** The memory of a tensor as bytes, for operators that only move elements. */
export function bytesOf({ data }: RuntimeTensor): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

/** Prepares an operator that changes the shape and nothing else. */
export function prepareCopy(context: AnyContext): Step {
  checkCopy(context)
  const [from, to] = [bytesOf(inputAt(context, 0)), bytesOf(outputAt(context))]
  return () => to.set(from)
}

/** An operator that changes the shape and nothing else, as WebAssembly. */
export function generateCopy(context: AnyContext, { share }: GenerateOptions): BoundKernel {
  checkCopy(context)
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  return { kernel: wasm.reshapeKernel(tensorBytes(input), share), inputs: [input], output }
}

function checkCopy(context: AnyContext): void {
  if (inputAt(context, 0).type !== outputAt(context).type)
    throw unsupportedTypes(context, ['any type, the same in input and output'])
  checkElementCount(context)
}
