import { operatorKind } from '@quantrx/tflite'
import type { Model, Operator } from '@quantrx/tflite'
import { isConcerned } from './plan/suitability.ts'
import { graphView } from './plan/graph-view.ts'
import type { GraphView } from './plan/graph-view.ts'
import { changes } from './plan/plan.ts'
import type { OperatorPlan, Plan, StoredParameters } from './plan/plan.ts'
import { storedWeightsOf } from './rule.ts'
import { ruleOf } from './rule-registry.ts'

/** What a plan makes of one operator, for people to read. */
export interface OperatorDescription {
  readonly subgraph: number
  /** Position of the operator in the source model. */
  readonly index: number
  readonly kind: string
  /** Name of its first output. */
  readonly name: string
  /** Type that it computes with: `int8`, `int16` or `float32`. */
  readonly activations: string
  /** How its weights or other constants are stored, such as `int4 per channel`; absent where they do not change. */
  readonly weights?: string
  /** True where neither changes. */
  readonly float: boolean
  /** Why it stays float. */
  readonly reason?: string
}

/**
 * What a plan makes of each operator that computes with real numbers, in execution order; nothing needs to be rewritten for
 * that.
 *
 * @example
 * describePlan(model, int8().plan(model, calibration)).filter(({ float }) => float)
 */
export function describePlan(model: Model, plan: Plan): readonly OperatorDescription[] {
  return plan.subgraphs.flatMap(({ subgraph, operators }) => {
    const graph = graphView(model, subgraph)
    return graph === undefined ? [] : operators.flatMap((planned) => describe(graph, planned))
  })
}

function describe(graph: GraphView, planned: OperatorPlan): readonly OperatorDescription[] {
  const operator = graph.operators[planned.index]
  if (operator === undefined || !isConcerned(graph, operator)) return []
  const changed = changes(planned)
  const weights = weightsText(graph, operator, planned)
  const reason = changed ? undefined : (planned.floatReason ?? 'it has no weights to make smaller')
  return [
    {
      ...{ subgraph: graph.subgraph, index: planned.index, kind: operatorKind(graph.model, operator) },
      name: graph.nameOf(operator.outputs?.[0] ?? -1),
      activations: activationsText(graph, operator, planned),
      ...(weights === undefined ? {} : { weights }),
      float: !changed,
      ...(reason === undefined ? {} : { reason }),
    },
  ]
}

/** Operands that are computed tell the type; outputs may be positions or booleans. */
function activationsText(graph: GraphView, { inputs = [], outputs = [] }: Operator, planned: OperatorPlan) {
  const operands = [
    ...inputs.map((tensor, at) => [tensor, planned.inputs[at]] as const),
    ...outputs.map((tensor, at) => [tensor, planned.outputs[at]] as const),
  ]
  const found = operands.find(([tensor, stored]) => stored && graph.isFloatActivation(tensor))
  return found?.[1]?.type ?? 'float32'
}

function weightsText(graph: GraphView, operator: Operator, { inputs }: OperatorPlan): string | undefined {
  const { operand = -1 } = storedWeightsOf(ruleOf(operatorKind(graph.model, operator))) ?? {}
  const stored = inputs[operand] ?? inputs.find((each) => each?.dequantized === true)
  return stored ? storedText(stored) : undefined
}

function storedText({ type, scales, blockSize, dequantized = false }: StoredParameters): string {
  const granularity =
    blockSize !== undefined ? ` in blocks of ${blockSize}` : scales.length > 1 ? ' per channel' : ''
  return `${type}${granularity}${dequantized ? ', dequantized' : ''}`
}
