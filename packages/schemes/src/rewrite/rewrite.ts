import { operatorKind } from '@quantrx/tflite'
import type { Model, OperatorCode, SignatureDef, SubGraph } from '@quantrx/tflite'
import type { Plan } from '../plan/plan.ts'
import { ruleOf } from '../rule-registry.ts'
import { sharedOf } from '../shared-constants.ts'
import type { SharedConstants } from '../shared-constants.ts'
import { bufferTable } from './buffers.ts'
import type { BufferTable } from './buffers.ts'
import { conversionRuntimes } from './conversions.ts'
import { formMap } from './form-map.ts'
import { operatorCodeTable } from './operator-codes.ts'
import {
  laterVersion,
  minimumRuntimeVersion,
  runtimeVersionBytes,
  statedRuntimeVersion,
} from './runtime-version.ts'
import { rewriteSubgraph } from './subgraph.ts'
import type { RewrittenSubgraph } from './subgraph.ts'

/** First runtime with all versions of conversions that an int8 model needs. */
const oldestRuntime = '1.14.0'

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
 *
 * @param shared Weights that other plans of the same source have quantized, which new models then share.
 */
export function rewrite(source: Model, plan: Plan, shared?: SharedConstants): Rewritten {
  const { quantized } = sharedOf(source, shared)
  const tables = { buffers: bufferTable(source), codes: operatorCodeTable(source) }
  const context = { source, io: plan.io, ...tables, stored: formMap<number>(), quantized }
  const graphs = source.subgraphs ?? []
  const rewritten = graphs.map((graph, at) => {
    const own = plan.subgraphs.find(({ subgraph }) => subgraph === at)
    return rewriteSubgraph(context, graph, own ?? { subgraph: at, operators: [], boundary: {} })
  })
  const operatorCodes = context.codes.finish()
  const version = neededVersion(source, plan, operatorCodes)
  const metadata = rewriteMetadata(source, version, context.buffers)
  const model: Model = {
    ...source,
    ...metadata,
    subgraphs: rewritten.map(({ subgraph }): SubGraph => subgraph),
    operatorCodes,
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

function rewriteMetadata(source: Model, version: string, buffers: BufferTable): Pick<Model, 'metadata'> {
  const entries = source.metadata ?? []
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
function neededVersion(source: Model, plan: Plan, codes: readonly OperatorCode[]): string {
  const conversions = codes.flatMap(({ builtinCode, version }) =>
    builtinCode === 'QUANTIZE' || builtinCode === 'DEQUANTIZE'
      ? (conversionRuntimes[builtinCode][version] ?? [])
      : [],
  )
  const operators = plan.subgraphs.flatMap(({ subgraph, operators: planned }) =>
    planned.flatMap(({ index, version }) => {
      const operator = source.subgraphs?.[subgraph]?.operators?.[index]
      if (operator === undefined || version === undefined) return []
      return ruleOf(operatorKind(source, operator))?.runtimes[version] ?? []
    }),
  )
  const stated = statedRuntimeVersion(source) ?? '0'
  return [...conversions, ...operators, oldestRuntime].reduce(laterVersion, stated)
}
