import { allocate } from '@quantrx/core'
import type { TensorData } from '@quantrx/core'
import { tensorBytes } from '../memory.ts'
import type { OperatorContext, OperatorImplementation, RuntimeTensor } from '../operator.ts'

/** What may be computed in advance whatever it grows from. */
const smallBytes = 2 ** 20
/** How much larger than the constants it grows from anything else may be: float32 weights from packed 4-bit ones. */
const growth = 8

/** True for an operator whose outputs can be computed once and for all: nothing that changes has a part in them. */
export function isFoldable(implementation: OperatorImplementation, context: OperatorContext): boolean {
  const { effects = false, shapesOnly = false, calls } = implementation
  const fixed = shapesOnly || context.inputs.every((input) => input === undefined || input.constant)
  if (!fixed || effects || calls !== undefined) return false
  const [inputs, outputs] = [context.inputs, context.outputs].map((tensors) =>
    tensors.reduce(
      (total, tensor) => total + (tensor?.constant === false && shapesOnly ? 0 : bytesOf(tensor)),
      0,
    ),
  )
  return outputs! <= smallBytes + growth * inputs!
}

const bytesOf = (tensor: RuntimeTensor | undefined): number =>
  tensor === undefined ? 0 : tensorBytes(tensor)

/** Computes the outputs of an operator, which are constants from then on. */
export function fold(implementation: OperatorImplementation, context: OperatorContext): void {
  for (const output of context.outputs) {
    const filled: { data: TensorData; constant: boolean } = output
    filled.data = allocate(output.type, output.data.length)
  }
  implementation.prepare(context)()
  for (const output of context.outputs) (output as { constant: boolean }).constant = true
}
