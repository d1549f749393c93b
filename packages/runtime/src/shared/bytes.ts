import type { OperatorContext, RuntimeTensor, Step } from '../operator.ts'
import { inputAt, outputAt, unsupportedTypes } from './operands.ts'
import { checkElementCount } from './unary.ts'

type AnyContext = Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>

/** The memory of a tensor as bytes, for operators that only move elements. */
export function bytesOf({ data }: RuntimeTensor): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

/** Prepares an operator that changes the shape and nothing else. */
export function prepareCopy(context: AnyContext): Step {
  const [input, output] = [inputAt(context, 0), outputAt(context)]
  if (input.type !== output.type) throw unsupportedTypes(context, ['any type, the same in input and output'])
  checkElementCount(context)
  const [from, to] = [bytesOf(input), bytesOf(output)]
  return () => to.set(from)
}
