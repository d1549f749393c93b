import { gatherShape, gatherWalk } from '@quantrx/kernels'
import type { GatherParameters } from '@quantrx/kernels'
import type { BoundKernel, GenerateOptions, OperatorContext, RuntimeTensor } from '../operator.ts'
import { checkOutputShape } from './element-walk.ts'
import { generateWalk } from './generate-walk.ts'
import { indicesOf } from './numbers.ts'
import { outputAt } from './operands.ts'

/**
 * Slices of a tensor by constant indices as WebAssembly. Computed ones are left to the reference, which refuses those outside
 * the tensor.
 */
export function generateGather(
  context: OperatorContext,
  input: RuntimeTensor,
  indices: RuntimeTensor,
  parameters: Omit<GatherParameters, 'wordsPerElement'>,
  options: GenerateOptions,
): BoundKernel | undefined {
  const output = outputAt(context)
  checkOutputShape(context, output, gatherShape(parameters))
  const values = indicesOf(context, indices)
  if (!indices.constant) return undefined
  const walk = gatherWalk(parameters, Array.from(values, Number))
  return walk && generateWalk(input, [output], [walk], options)
}
