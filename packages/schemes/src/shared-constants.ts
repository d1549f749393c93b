import type { Model } from '@quantrx/tflite'
import type { TrainedQuantization } from './fake-quantization/trained-quantization.ts'
import { graphView } from './plan/graph-view.ts'
import type { GraphView } from './plan/graph-view.ts'
import { formMap } from './rewrite/form-map.ts'
import type { FormMap } from './rewrite/form-map.ts'

/**
 * What plans of one model and their rewriting find out about its constants, for those that come after: weights depend on the scheme,
 * but not on the calibration. Holds quantized weights as long as it is held itself.
 */
export interface SharedConstants {
  readonly model: Model
  /** The view of a subgraph; undefined when the model has no such subgraph. */
  graph(subgraph: number): GraphView | undefined
  /** Bytes of quantized weights. */
  readonly quantized: FormMap<Uint8Array>
}

/**
 * Starts with nothing known but what training says of tensors.
 *
 * @param trained for each subgraph.
 */
export function sharedConstants(
  model: Model,
  trained: readonly ReadonlyMap<number, TrainedQuantization>[] = [],
): SharedConstants {
  const graphs = new Map<number, GraphView | undefined>()
  const graph = (subgraph: number): GraphView | undefined => {
    if (!graphs.has(subgraph)) graphs.set(subgraph, graphView(model, subgraph, trained[subgraph]))
    return graphs.get(subgraph)
  }
  return { model, graph, quantized: formMap() }
}

/** What is shared, if it is of this model; nothing known otherwise. */
export function sharedOf(model: Model, shared: SharedConstants | undefined): SharedConstants {
  return shared?.model === model ? shared : sharedConstants(model)
}
