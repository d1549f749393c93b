import { operatorKind, operatorOptions, optionsOf } from '@quantrx/tflite'
import type { BuiltinOperator, BuiltinOptions, Operator, SubGraph, Tensor } from '@quantrx/tflite'
import type { OperatorPlan, StoredParameters, SubgraphPlan } from '../plan/plan.ts'
import { conversionBetween, conversionOperator } from './conversions.ts'
import type { Draft, Form, RewriteContext } from './draft.ts'
import { asPlanned, asSource, asUint8, sameRepresentation } from './representations.ts'
import type { Representation } from './representations.ts'
import { quantizationTable, tensorsOf } from './tensors.ts'

/** A rewritten subgraph, and where the tensors of the source stand in it. */
export interface RewrittenSubgraph {
  readonly subgraph: SubGraph
  /** New index of a tensor of the source, as model input or output where it is one. */
  indexOf(tensor: number): number
  /** New position of every operator of the source. */
  readonly operatorIndices: readonly number[]
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
  const known = existing.find((each) => sameRepresentation(each.representation, representation))
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
  const { inputs = [], outputs = [], intermediates, ...others } = operator
  const wanted = inputs.map((tensor, at) =>
    tensor < 0 ? undefined : operand(draft, tensor, planned?.inputs[at] ?? null),
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
  const inside = (planned?.intermediates ?? intermediates ?? []).map((_, at) =>
    insideForm(draft, operator, at, planned?.intermediates?.[at] ?? null),
  )
  const added = { operator: changed, inputs: wanted, outputs: results }
  return draft.operators.push(inside.length === 0 ? added : { ...added, intermediates: inside }) - 1
}

/** The tensor that stands for a value inside an operator; it has no elements, only parameters. */
function insideForm(
  draft: Draft,
  { intermediates = [], outputs = [] }: Operator,
  at: number,
  parameters: StoredParameters | null,
): Form | Tensor {
  const known = intermediates[at]
  if (known !== undefined || parameters === null) return form(draft, known ?? -1, asPlanned(parameters))
  const name = draft.graph.tensors?.[outputs[0] ?? -1]?.name
  return {
    ...{ shape: [], type: parameters.type === 'int8' ? 'INT8' : 'INT16', buffer: 0, externalBuffer: 0 },
    ...{ isVariable: false, hasRank: false, quantization: quantizationTable(parameters) },
    ...(name === undefined ? {} : { name: `${name}_intermediate_${at}` }),
  }
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

/** The form of an operand, with what makes it in front of the operator that is about to be added. */
function operand(draft: Draft, tensor: number, parameters: StoredParameters | null): Form {
  return parameters?.dequantized === true
    ? dequantizeConstant(draft, tensor, parameters)
    : convert(draft, tensor, asPlanned(parameters))
}

/** A constant in float32 that is stored in another form. */
function dequantizeConstant(draft: Draft, tensor: number, parameters: StoredParameters): Form {
  const stored = form(draft, tensor, asPlanned(parameters))
  const result = form(draft, tensor, { kind: 'dequantized', parameters })
  addConversion(draft, stored, result)
  return result
}

/** The wanted form of a tensor: constants are quantized, activations converted by an operator, once each. */
function convert(draft: Draft, tensor: number, representation: Representation): Form {
  const produced = draft.produced.get(tensor)
  const source = draft.graph.tensors?.[tensor]
  const wanted = form(draft, tensor, representation)
  if (produced === undefined || produced === wanted || source === undefined) return wanted
  const kinds = [produced, wanted].map((each) => each.representation.kind)
  // No kernel converts between uint8 and int16; uint8 is a form of the model's ends only, which have int8 parameters.
  const between = kinds.includes('uint8') && kinds.includes('int16') ? draft.plan.boundary[tensor] : undefined
  addConversion(draft, between === undefined ? produced : convert(draft, tensor, asPlanned(between)), wanted)
  return wanted
}

/** Adds the operator that makes one form of another, unless it is there already. */
function addConversion({ context, converted, operators }: Draft, from: Form, to: Form): void {
  if (converted.has(to)) return
  converted.add(to)
  const conversion = conversionBetween(from.representation, to.representation)
  const opcodeIndex = context.codes.add(conversion.kind, conversion.version)
  operators.push({ operator: conversionOperator(conversion, opcodeIndex), inputs: [from], outputs: [to] })
}

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
    for (const each of all) {
      const added = tensorsOf(draft, each, each === main, tensors.length)
      indices.set(each, tensors.push(...added) - added.length)
    }
  })
  const index = (each: Form | undefined): number => (each === undefined ? -1 : (indices.get(each) ?? -1))
  const insideIndex = (each: Form | Tensor): number =>
    'representation' in each ? index(each) : tensors.push(each) - 1
  const operators = draft.operators.map(({ operator, inputs: from, outputs: to, intermediates }) => ({
    ...operator,
    inputs: from.map(index),
    outputs: to.map(index),
    ...(intermediates === undefined ? {} : { intermediates: intermediates.map(insideIndex) }),
  }))
  const ends = new Map([...inputs, ...outputs].map((each) => [each.tensor, index(each)]))
  return {
    subgraph: { ...graph, tensors, operators, inputs: inputs.map(index), outputs: outputs.map(index) },
    indexOf: (tensor) => ends.get(tensor) ?? index(draft.produced.get(tensor) ?? draft.forms[tensor]?.[0]),
    operatorIndices,
  }
}
