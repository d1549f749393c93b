import { sameShape } from '@quantrx/core'
import type { SubGraph } from '@quantrx/tflite'
import type { RuntimeTensor } from '../operator.ts'
import { isOpen } from '../tensor-table.ts'

/**
 * Whether the file can be taken at its word about the shape of a tensor that values decide: converters mark sizes that they do
 * not know, so where some are marked, those that are not are known. With inputs of other shapes nothing is known.
 *
 * @param inputs Inputs of the subgraph, as it is to run.
 *
 * @example
 * const promised = promisedShapes(subgraph, inputs)
 * if (promised(output)) console.log(output.shape)
 */
export function promisedShapes(
  { tensors = [] }: SubGraph,
  inputs: readonly RuntimeTensor[],
): (tensor: RuntimeTensor) => boolean {
  const asStored = inputs.every(({ index, shape }) => {
    const stored = tensors[index]
    return stored !== undefined && !isOpen(stored) && sameShape(stored.shape ?? [], shape)
  })
  if (!asStored || !tensors.some(isOpen)) return () => false
  return ({ index }) => {
    const stored = tensors[index]
    return stored?.shape !== undefined && stored.shape.length > 0 && !isOpen(stored)
  }
}
