import type { Activation } from '@quantrx/core'
import { collect, distribution, startCollection } from '@quantrx/observers'
import type { Histogram } from '@quantrx/observers'
import { operatorKind } from '@quantrx/tflite'
import type { Model } from '@quantrx/tflite'
import { histogramBars } from './histogram-bars.ts'
import type { ObservedLayer } from './messages.ts'

/** Bars in a plot; a histogram has many more bins. */
const barCount = 56

/** More layers than these would take longer to draw than to observe. */
const mostLayers = 200

/** The distributions of a model's activations, at any moment, in the order of execution. */
export interface LayerWatch {
  add(activation: Activation): void
  snapshot(): readonly ObservedLayer[]
}

/** Watches the distributions of a model's activations while samples stream through it. */
export function watchLayers(model: Model): LayerWatch {
  const observers = { values: distribution() }
  const collection = startCollection()
  const kinds = operatorKinds(model)
  return {
    add: (activation) => collect(observers, collection, activation),
    snapshot: () =>
      Object.entries(collection.tensors)
        .slice(0, mostLayers)
        .map(([key, { tensor, states }]) => {
          const histogram = states['values'] as Histogram
          return {
            ...{ name: tensor.name, shape: tensor.shape, kind: kinds.get(key) ?? 'INPUT' },
            seen: { min: histogram.min, max: histogram.max },
            bars: histogramBars(histogram, barCount),
          }
        }),
  }
}

/** Kinds of the operators that write tensors, by subgraph and index of the tensor. */
function operatorKinds(model: Model): ReadonlyMap<string, string> {
  return new Map(
    (model.subgraphs ?? []).flatMap(({ operators = [] }, subgraph) =>
      operators.flatMap((operator) =>
        (operator.outputs ?? []).map(
          (output) => [`${subgraph}:${output}`, operatorKind(model, operator)] as const,
        ),
      ),
    ),
  )
}
