import type { Model } from '../types.ts'
import type { FlatTable } from './flat-table.ts'
import { mainGraphMetadata } from './main-graph-metadata.ts'

/** How a model's publisher says that an input is to be prepared. */
export interface InputMetadata {
  /** Values are to be mapped to `(x - mean) / std`: one pair for all, or one for each channel. */
  readonly normalization?: { readonly mean: readonly number[]; readonly std: readonly number[] }
  /** What the pixels of an image are. */
  readonly colorSpace?: 'rgb' | 'grayscale'
}

/** Fields by number, and members of unions, of the metadata schema that TensorFlow Lite Support publishes, version 1.5. */
const subgraphMetadata = { inputs: 2 } as const
const tensorMetadata = { content: 3, processUnits: 4 } as const
const content = { type: 0, properties: 1, imageProperties: 2 } as const
const imageProperties = { colorSpace: 0 } as const
const processUnit = { type: 0, options: 1, normalization: 1 } as const
const normalizationOptions = { mean: 0, std: 1 } as const
const colorSpaces = [undefined, 'rgb', 'grayscale'] as const

/**
 * What the metadata of a model says of the inputs of its main graph, in their order; nothing of those it is silent about.
 * Metadata is advice: what cannot be read counts as missing.
 */
export function inputMetadata(model: Model): readonly InputMetadata[] {
  return mainGraphMetadata(model, (graph) => graph.tables(subgraphMetadata.inputs).map(describe)) ?? []
}

function describe(tensor: FlatTable): InputMetadata {
  const unit = tensor
    .tables(tensorMetadata.processUnits)
    .find((each) => each.byte(processUnit.type) === processUnit.normalization)
    ?.table(processUnit.options)
  const mean = unit?.floats(normalizationOptions.mean) ?? []
  const std = unit?.floats(normalizationOptions.std) ?? []
  const usable =
    mean.length > 0 && mean.every(Number.isFinite) && std.length > 0 && std.every((each) => each > 0)
  const held = tensor.table(tensorMetadata.content)
  const isImage = held?.byte(content.type) === content.imageProperties
  const colorSpace = isImage
    ? colorSpaces[held.table(content.properties)?.byte(imageProperties.colorSpace) ?? 0]
    : undefined
  return {
    ...(usable ? { normalization: { mean, std } } : {}),
    ...(colorSpace === undefined ? {} : { colorSpace }),
  }
}
