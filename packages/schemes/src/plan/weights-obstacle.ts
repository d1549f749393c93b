import type { GraphView } from './graph-view.ts'

/** Why the weights of an operator stay float32 while its activations do; undefined where nothing keeps them. */
export function weightsObstacle(
  graph: GraphView,
  tensor: number,
  minimumElements: number,
): string | undefined {
  const values = graph.floatConstant(tensor)
  if (values === undefined) return 'its weights are not float32 constants'
  if (values.length < minimumElements)
    return `its weights have ${values.length} elements, fewer than ${minimumElements}`
  return graph.isFinite(tensor) ? undefined : 'its weights are not all finite'
}
