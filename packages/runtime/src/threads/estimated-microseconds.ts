import { multiplyAccumulates } from '@quantrx/tflite'
import { tensorBytes } from '../memory.ts'
import type { OperatorContext } from '../operator.ts'

/** Products, and bytes of activations, that one thread gets through in a microsecond, roughly: what matters is the order of magnitude. */
const productsPerMicrosecond = 40_000
const bytesPerMicrosecond = 4_000

/** Roughly how long one thread takes for an operator. */
export function estimatedMicroseconds({
  kind,
  inputs,
  outputs,
}: Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>) {
  const products = multiplyAccumulates(kind, inputs[1]?.shape ?? [], outputs[0]?.shape ?? [])
  const activations = [...inputs, ...outputs].filter((tensor) => tensor?.constant === false)
  const bytes = activations.reduce((sum, tensor) => sum + tensorBytes(tensor!), 0)
  return products / productsPerMicrosecond + bytes / bytesPerMicrosecond
}
