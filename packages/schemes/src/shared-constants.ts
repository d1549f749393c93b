import type { Model } from '@quantrx/tflite'
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

/** Starts without anything known. */
export function sharedConstants(model: Model): SharedConstants {
  const graphs = new Map<number, GraphView | undefined>()
  const graph = (subgraph: number): GraphView | undefined => {
    if (!graphs.has(subgraph)) graphs.set(subgraph, graphView(model, subgraph))
    return graphs.get(subgraph)
  }
  return { model, graph, quantized: formMap() }
}

/** What is shared, if it is of this model; nothing known otherwise. */
export function sharedOf(model: Model, shared: SharedConstants | undefined): SharedConstants {
  return shared?.model === model ? shared : sharedConstants(model)
}
