import { UsageError } from '@quantrx/core'
import type { Model, SignatureDef } from '@quantrx/tflite'

/**
 * The subgraph that a signature names.
 *
 * @throws UsageError naming the signatures there are, when there is none of that name.
 */
function signatureSubgraph({ signatureDefs = [] }: Model, signature: string): number {
  const found = signatureDefs.find(({ signatureKey }) => signatureKey === signature)
  if (found !== undefined) return found.subgraphIndex
  const known = signatureDefs.map(({ signatureKey = '' }) => signatureKey)
  throw new UsageError({
    stage: 'runtime',
    subject: 'signature',
    found: signature,
    expected: known.length === 0 ? 'none, for the model has no signatures' : `one of ${known.join(', ')}`,
  })
}

/** The subgraph that options choose: by signature, by index, or the main one. */
export function subgraphOf(
  model: Model,
  { signature, subgraph = 0 }: { readonly signature?: string; readonly subgraph?: number },
): number {
  return signature === undefined ? subgraph : signatureSubgraph(model, signature)
}

/**
 * Names of the inputs of a subgraph, in their order, and of the outputs of given indices: as its first signature calls them, or
 * the tensors' names.
 */
export function namesOf(
  { subgraphs = [], signatureDefs = [] }: Model,
  subgraph: number,
  outputs: readonly number[],
): { readonly inputNames: readonly string[]; readonly outputNames: readonly string[] } {
  const graph = subgraphs[subgraph]
  const signature = signatureDefs.find(({ subgraphIndex }) => subgraphIndex === subgraph)
  const names = (tensors: readonly number[] = [], maps: SignatureDef['inputs'] = []): readonly string[] =>
    tensors.map(
      (tensor) =>
        maps.find(({ tensorIndex }) => tensorIndex === tensor)?.name ?? graph?.tensors?.[tensor]?.name ?? '',
    )
  return {
    inputNames: names(graph?.inputs, signature?.inputs),
    outputNames: names(outputs, signature?.outputs),
  }
}
