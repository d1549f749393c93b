import { operatorKind } from '@quantrx/tflite'
import type { Model, SignatureDef, SubGraph } from '@quantrx/tflite'
import type { Plan } from '../plan/plan.ts'
import { ruleOf } from '../rule-registry.ts'
import { bufferTable } from './buffers.ts'
import type { BufferTable } from './buffers.ts'
import { operatorCodeTable } from './operator-codes.ts'
import {
  laterVersion,
  minimumRuntimeVersion,
  runtimeVersionBytes,
  statedRuntimeVersion,
} from './runtime-version.ts'
import { rewriteSubgraph } from './subgraph.ts'
import type { RewrittenSubgraph } from './subgraph.ts'

/** First runtimes that know the versions of the conversions between float and integers that rewriting inserts. */
const conversionRuntime = '1.14.0'

/** A rewritten model, and where its parts come from. */
export interface Rewritten {
  readonly model: Model
  /** New position of an operator of the source. */
  operatorIndex(subgraph: number, operator: number): number
}

/**
 * Carries out a plan: quantizes constants, inserts QUANTIZE and DEQUANTIZE where float and integers meet, sets versions, and
 * moves every index along. What the plan does not concern is carried through: names, metadata, signatures, custom options,
 * other subgraphs, bytes behind the FlatBuffer. The source is not altered.
 */
export function rewrite(source: Model, plan: Plan): Rewritten {
  const context = { source, io: plan.io, buffers: bufferTable(source), codes: operatorCodeTable(source) }
  const graphs = source.subgraphs ?? []
  const rewritten = graphs.map((graph, at) => {
    const own = plan.subgraphs.find(({ subgraph }) => subgraph === at)
    return rewriteSubgraph(context, graph, own ?? { subgraph: at, operators: [], boundary: {} })
  })
  const metadata = rewriteMetadata(source, plan, context.buffers)
  const model: Model = {
    ...source,
    ...metadata,
    subgraphs: rewritten.map(({ subgraph }): SubGraph => subgraph),
    operatorCodes: context.codes.finish(),
    ...(source.metadataBuffer === undefined
      ? {}
      : { metadataBuffer: source.metadataBuffer.map(context.buffers.keep) }),
    ...(source.signatureDefs === undefined
      ? {}
      : { signatureDefs: source.signatureDefs.map((signature) => rewriteSignature(signature, rewritten)) }),
    buffers: context.buffers.finish(),
  }
  return {
    model,
    operatorIndex: (subgraph, operator) => rewritten[subgraph]?.operatorIndices[operator] ?? operator,
  }
}

function rewriteSignature(signature: SignatureDef, rewritten: readonly RewrittenSubgraph[]): SignatureDef {
  const graph = rewritten[signature.subgraphIndex]
  if (graph === undefined) return signature
  const move = (maps: SignatureDef['inputs']) =>
    maps?.map((map) => ({ ...map, tensorIndex: graph.indexOf(map.tensorIndex) }))
  const [inputs, outputs] = [move(signature.inputs), move(signature.outputs)]
  return { ...signature, ...(inputs && { inputs }), ...(outputs && { outputs }) }
}

function rewriteMetadata(source: Model, plan: Plan, buffers: BufferTable): Pick<Model, 'metadata'> {
  const entries = source.metadata ?? []
  const version = neededVersion(source, plan)
  const buffer = buffers.add(minimumRuntimeVersion, () => runtimeVersionBytes(version))
  const others = entries.map((entry) =>
    entry.name === minimumRuntimeVersion
      ? { ...entry, buffer }
      : { ...entry, buffer: buffers.keep(entry.buffer) },
  )
  const stated = entries.some(({ name }) => name === minimumRuntimeVersion)
  return { metadata: stated ? others : [...others, { name: minimumRuntimeVersion, buffer }] }
}

/** The newest of what the source states, its operators' new versions, and the conversions between them. */
function neededVersion(source: Model, plan: Plan): string {
  let version = laterVersion(statedRuntimeVersion(source) ?? '0', conversionRuntime)
  for (const { subgraph, operators } of plan.subgraphs) {
    for (const { index, version: needed } of operators) {
      const operator = source.subgraphs?.[subgraph]?.operators?.[index]
      if (operator === undefined || needed === undefined) continue
      const runtime = ruleOf(operatorKind(source, operator))?.runtimes[needed]
      if (runtime !== undefined) version = laterVersion(version, runtime)
    }
  }
  return version
}
