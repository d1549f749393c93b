import type { SubGraph, Tensor } from '@quantrx/tflite'

/** Tensors that nothing refers to any more lose values and name, which take room in the file; they stay, so that others keep their places. */
export function withoutUnused(
  before: SubGraph,
  after: SubGraph,
  tensors: readonly Tensor[],
): readonly Tensor[] {
  const used = (graph: SubGraph): ReadonlySet<number> =>
    new Set([
      ...(graph.operators ?? []).flatMap(({ inputs = [], outputs = [] }) => [...inputs, ...outputs]),
      ...(graph.outputs ?? []),
    ])
  const [old, now] = [used(before), used(after)]
  return tensors.map((tensor, at) => (old.has(at) && !now.has(at) ? emptied(tensor) : tensor))
}

function emptied({
  name: _name,
  quantization: _quantization,
  sparsity: _sparsity,
  ...tensor
}: Tensor): Tensor {
  return { ...tensor, buffer: 0 }
}
