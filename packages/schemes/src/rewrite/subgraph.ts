import { constantBytes, operatorKind, operatorOptions, optionsOf } from '@quantrx/tflite'
import type { BuiltinOperator, BuiltinOptions, Model, Operator, SubGraph, Tensor } from '@quantrx/tflite'
import type { InputOutputType, OperatorPlan, StoredParameters, SubgraphPlan } from '../plan/plan.ts'
import type { BufferTable } from './buffers.ts'
import { quantizeConstant } from './constants.ts'
import type { OperatorCodeTable } from './operator-codes.ts'
import { asPlanned, asSource, asUint8, representationKey } from './representations.ts'
import type { Representation } from './representations.ts'

/** What the rewriting of one subgraph shares with that of the whole model. */
export interface RewriteContext {
  readonly source: Model
  readonly io: InputOutputType
  readonly buffers: BufferTable
  readonly codes: OperatorCodeTable
}

/** A rewritten subgraph, and where the tensors of the source stand in it. */
export interface RewrittenSubgraph {
  readonly subgraph: SubGraph
  /** New index of a tensor of the source, as model input or output where it is one. */
  indexOf(tensor: number): number
  /** New position of every operator of the source. */
  readonly operatorIndices: readonly number[]
}

/** One form of one tensor of the source. Indices are given in the end, so that all forms of a tensor stand together. */
interface Form {
  readonly tensor: number
  readonly representation: Representation
}

interface Draft {
  readonly context: RewriteContext
  readonly graph: SubGraph
  readonly plan: SubgraphPlan
  /** Forms of each tensor of the source, in the order in which they came up. */
  readonly forms: readonly Form[][]
  /** Form in which each activation exists without a conversion. */
  readonly produced: Map<number, Form>
  /** Forms that a conversion has made. */
  readonly converted: Set<Form>
  readonly operators: DraftOperator[]
}

interface DraftOperator {
  readonly operator: Omit<Operator, 'inputs' | 'outputs'>
  readonly inputs: readonly (Form | undefined)[]
  readonly outputs: readonly (Form | undefined)[]
}

/** Carries out the plan of one subgraph. */
export function rewriteSubgraph(
  context: RewriteContext,
  graph: SubGraph,
  plan: SubgraphPlan,
): RewrittenSubgraph {
  const forms = (graph.tensors ?? []).map((): Form[] => [])
  const draft: Draft = {
    context,
    graph,
    plan,
    forms,
    produced: new Map(),
    converted: new Set(),
    operators: [],
  }
  const inputs = (graph.inputs ?? []).map((tensor) => startInput(draft, tensor))
  const operatorIndices = (graph.operators ?? []).map((operator, at) => {
    const planned = plan.operators.find(({ index }) => index === at)
    return draftOperator(draft, operator, planned)
  })
  const outputs = (graph.outputs ?? []).map((tensor) => convert(draft, tensor, boundaryForm(draft, tensor)))
  return finishSubgraph(draft, inputs, outputs, operatorIndices)
}

function form(draft: Draft, tensor: number, representation: Representation): Form {
  const existing = draft.forms[tensor] ?? []
  const key = representationKey(representation)
  const known = existing.find((each) => representationKey(each.representation) === key)
  if (known !== undefined) return known
  const fresh = { tensor, representation }
  existing.push(fresh)
  return fresh
}

/** The form of a model input or output. */
function boundaryForm({ context, plan }: Draft, tensor: number): Representation {
  const parameters = plan.boundary[tensor]
  if (parameters === undefined || context.io === 'float32') return asSource
  return context.io === 'uint8' ? asUint8(parameters) : asPlanned(parameters)
}

function startInput(draft: Draft, tensor: number): Form {
  const input = form(draft, tensor, boundaryForm(draft, tensor))
  draft.produced.set(tensor, input)
  return input
}

function draftOperator(draft: Draft, operator: Operator, planned: OperatorPlan | undefined): number {
  const { inputs = [], outputs = [], ...others } = operator
  const wanted = inputs.map((tensor, at) =>
    tensor < 0 ? undefined : convert(draft, tensor, asPlanned(planned?.inputs[at] ?? null)),
  )
  const results = outputs.map((tensor, at) => {
    if (tensor < 0) return undefined
    const result = form(draft, tensor, asPlanned(planned?.outputs[at] ?? null))
    draft.produced.set(tensor, result)
    return result
  })
  const opcodeIndex = draft.context.codes.keep(operator, planned?.version)
  const kind = operatorKind(draft.context.source, operator)
  const changed = withOptions({ ...others, opcodeIndex }, kind, planned?.options)
  return draft.operators.push({ operator: changed, inputs: wanted, outputs: results }) - 1
}

/** Files may leave out an options table that has nothing but defaults. */
function withOptions(
  operator: Omit<Operator, 'inputs' | 'outputs'>,
  operatorKindName: string,
  options: OperatorPlan['options'],
) {
  if (options === undefined) return operator
  const kind = (operatorOptions as Readonly<Record<string, string>>)[operatorKindName]
  const defaults = { kind, ...optionsOf(operator, operatorKindName as BuiltinOperator) }
  return { ...operator, builtinOptions: { ...defaults, ...options } as BuiltinOptions }
}

/** The wanted form of a tensor: constants are quantized, activations converted by an operator, once each. */
function convert(draft: Draft, tensor: number, representation: Representation): Form {
  const produced = draft.produced.get(tensor)
  const source = draft.graph.tensors?.[tensor]
  const wanted = form(draft, tensor, representation)
  if (produced === undefined || produced === wanted || source === undefined) return wanted
  if (draft.converted.has(wanted)) return wanted
  draft.converted.add(wanted)
  const dequantizes = wanted.representation.kind === 'source'
  const opcodeIndex = draft.context.codes.add(dequantizes ? 'DEQUANTIZE' : 'QUANTIZE', dequantizes ? 2 : 1)
  draft.operators.push({
    operator: conversionOperator(opcodeIndex, dequantizes),
    inputs: [produced],
    outputs: [wanted],
  })
  return wanted
}

const conversionOperator = (
  opcodeIndex: number,
  dequantizes: boolean,
): Omit<Operator, 'inputs' | 'outputs'> => ({
  opcodeIndex,
  builtinOptions: { kind: dequantizes ? 'DequantizeOptions' : 'QuantizeOptions' },
  customOptionsFormat: 'FLEXBUFFERS',
  largeCustomOptionsOffset: 0n,
  largeCustomOptionsSize: 0n,
  debugMetadataIndex: -1,
})

function finishSubgraph(
  draft: Draft,
  inputs: readonly Form[],
  outputs: readonly Form[],
  operatorIndices: readonly number[],
): RewrittenSubgraph {
  const { graph } = draft
  const tensors: Tensor[] = []
  const indices = new Map<Form, number>()
  const boundary = new Set([...inputs, ...outputs])
  draft.forms.forEach((forms, tensor) => {
    // A tensor that nothing refers to is kept as it is: it is not ours to judge.
    const all = forms.length > 0 ? forms : [form(draft, tensor, asSource)]
    const main = all.find((each) => boundary.has(each)) ?? draft.produced.get(tensor) ?? all[0]
    for (const each of all) indices.set(each, tensors.push(tensorOf(draft, each, each === main)) - 1)
  })
  const index = (each: Form | undefined): number => (each === undefined ? -1 : (indices.get(each) ?? -1))
  const operators = draft.operators.map(({ operator, inputs: from, outputs: to }) => ({
    ...operator,
    inputs: from.map(index),
    outputs: to.map(index),
  }))
  const ends = new Map([...inputs, ...outputs].map((each) => [each.tensor, index(each)]))
  return {
    subgraph: { ...graph, tensors, operators, inputs: inputs.map(index), outputs: outputs.map(index) },
    indexOf: (tensor) => ends.get(tensor) ?? index(draft.produced.get(tensor) ?? draft.forms[tensor]?.[0]),
    operatorIndices,
  }
}

function tensorOf({ context, graph, produced }: Draft, each: Form, isMain: boolean): Tensor {
  const source = graph.tensors![each.tensor]!
  const { representation } = each
  const { source: model, buffers } = context
  const bytes = produced.has(each.tensor) ? undefined : constantBytes(model, source)
  if (representation.kind === 'source') {
    const name = isMain ? source.name : suffixed(source.name, 'float')
    return { ...source, ...(name === undefined ? {} : { name }), buffer: buffers.keep(source.buffer) }
  }
  const { parameters, kind } = representation
  const key = `${source.buffer} ${(source.shape ?? []).join()} ${representationKey(representation)}`
  const { quantization: _float, ...others } = source
  const name = isMain ? source.name : suffixed(source.name, kind)
  return {
    ...others,
    ...(name === undefined ? {} : { name }),
    type: kind === 'int8' ? 'INT8' : kind === 'uint8' ? 'UINT8' : 'INT32',
    buffer:
      bytes === undefined
        ? 0
        : buffers.add(key, () => quantizeConstant(bytes, source.shape ?? [], parameters)),
    quantization: quantizationTable(parameters),
  }
}

const suffixed = (name: string | undefined, suffix: string): string | undefined =>
  name === undefined ? undefined : `${name}_${suffix}`

const quantizationTable = ({
  scales,
  zeroPoints,
  axis,
}: StoredParameters): NonNullable<Tensor['quantization']> => ({
  scale: scales,
  zeroPoint: zeroPoints.map(BigInt),
  quantizedDimension: scales.length > 1 ? axis : 0,
})
