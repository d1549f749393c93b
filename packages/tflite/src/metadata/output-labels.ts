import { readMember } from '../archive/read-member.ts'
import { decodeText } from '../codec/utf8.ts'
import type { Model } from '../types.ts'
import type { FlatTable } from './flat-table.ts'
import { mainGraphMetadata } from './main-graph-metadata.ts'

/** Fields by number of the metadata schema that TensorFlow Lite Support publishes, version 1.5, and a kind of file. */
const subgraphMetadata = { outputs: 3 } as const
const tensorMetadata = { associatedFiles: 6 } as const
const associatedFile = { name: 0, type: 2 } as const
const axisLabels = 2

/**
 * The names of what each output of the main graph tells apart, in the order of its values: the lines of the file of labels that the
 * model's publisher has put into the archive behind it (`TENSOR_AXIS_LABELS`). Of files in several languages, the first is taken, as
 * the schema says. Metadata is advice: what is missing or cannot be read leaves an output without names.
 *
 * @returns a list for each output that the metadata describes, empty where there are no names.
 *
 * @example
 * const [names = []] = await outputLabels(model)
 * console.log(names[argmax(scores)])
 */
export async function outputLabels(model: Model): Promise<readonly (readonly string[])[]> {
  const files =
    mainGraphMetadata(model, (graph) => graph.tables(subgraphMetadata.outputs).map(labelFile)) ?? []
  return Promise.all(
    files.map(async (name) => {
      const content = name === undefined ? undefined : await readMember(model, name)
      return content === undefined ? [] : linesOf(decodeText(content))
    }),
  )
}

const labelFile = (output: FlatTable): string | undefined =>
  output
    .tables(tensorMetadata.associatedFiles)
    .find((file) => file.byte(associatedFile.type) === axisLabels)
    ?.text(associatedFile.name)

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1)
}
