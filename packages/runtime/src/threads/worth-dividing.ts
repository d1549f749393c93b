import { multiplyAccumulates } from '@quantrx/tflite'
import { tensorBytes } from '../memory.ts'
import type { OperatorContext } from '../operator.ts'

/** Products, and bytes of activations, that one thread gets through in a microsecond, roughly: what matters is the order of magnitude. */
const productsPerMicrosecond = 40_000
const bytesPerMicrosecond = 4_000

/** Below this, what another core must fetch and wait for eats up what it saves. */
const leastMicroseconds = 5

/** True when an operator takes long enough to be shared by several threads. */
export function isWorthDividing(context: Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>): boolean {
  return estimatedMicroseconds(context) >= leastMicroseconds
}

function estimatedMicroseconds({
  kind,
  inputs,
  outputs,
}: Pick<OperatorContext, 'kind' | 'inputs' | 'outputs'>) {
  const products = multiplyAccumulates(kind, inputs[1]?.shape ?? [], outputs[0]?.shape ?? [])
  const activations = [...inputs, ...outputs].filter((tensor) => tensor?.constant === false)
  const bytes = activations.reduce((sum, tensor) => sum + tensorBytes(tensor!), 0)
  return products / productsPerMicrosecond + bytes / bytesPerMicrosecond
}
