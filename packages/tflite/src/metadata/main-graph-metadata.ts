import type { Model } from '../types.ts'
import { rootTable } from './flat-table.ts'
import type { FlatTable } from './flat-table.ts'

/** Name of the entry among a model's metadata. */
const entryName = 'TFLITE_METADATA'

/** Field of the metadata schema that TensorFlow Lite Support publishes, version 1.5. */
const modelMetadata = { subgraphs: 3 } as const

/**
 * What `read` finds in the metadata of a model's main graph; undefined where there is none. Metadata is advice: what cannot be read
 * counts as missing.
 */
export function mainGraphMetadata<Found>(
  model: Model,
  read: (subgraph: FlatTable) => Found,
): Found | undefined {
  const entry = model.metadata?.find(({ name }) => name === entryName)
  const bytes = model.buffers?.[entry?.buffer ?? -1]?.data
  if (!(bytes instanceof Uint8Array)) return undefined
  try {
    const [subgraph] = rootTable(bytes).tables(modelMetadata.subgraphs)
    return subgraph && read(subgraph)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
