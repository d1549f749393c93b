import type { SubGraph, Tensor } from '@quantrx/tflite'

/** Values that nothing refers to any more are left out of the file; their tensors stay, so that others keep their places. */
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
  return tensors.map((tensor, at) => (old.has(at) && !now.has(at) ? { ...tensor, buffer: 0 } : tensor))
}
