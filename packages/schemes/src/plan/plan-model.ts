import { UsageError } from '@quantrx/core'
import type { Calibration } from '@quantrx/core'
import { calledSubgraphs } from '@quantrx/tflite'
import type { Model, Operator } from '@quantrx/tflite'
import { activationParameters } from './activation-parameters.ts'
import type { ActivationParameters } from './activation-parameters.ts'
import type { GraphView } from './graph-view.ts'
import { knownRanges } from './calibrated-ranges.ts'
import { planHybrid } from './hybrid-operator.ts'
import { planInteger } from './integer-operator.ts'
import { stored } from './operator-weights.ts'
import { paddedRanges } from './padded-ranges.ts'
import { changes } from './plan.ts'
import type { InputOutputType, OperatorPlan, Plan, SubgraphPlan } from './plan.ts'
import { sharedOf } from '../shared-constants.ts'
import type { SharedConstants } from '../shared-constants.ts'
import { treatmentsOf } from './selector.ts'
import type { SchemeRule } from './selector.ts'
import { maskedScores } from './masked-scores.ts'
import { planStored } from './stored-operator.ts'
import { isConcerned, suitability } from './suitability.ts'
import type { Suitability } from './suitability.ts'
import type { Treatment } from './treatment.ts'
import { untouched } from './untouched.ts'
import { withoutDetours } from './without-detours.ts'

/** What distinguishes schemes: a choice for every operator, and the type of the model's ends. */
export interface PlanOptions {
  readonly scheme: string
  readonly io: InputOutputType
  /** The last rule that is for an operator decides what becomes of it. */
  readonly rules: readonly SchemeRule[]
}

/**
 * Plans a model operator by operator. What computes in integers needs a calibrated subgraph; weights alone become smaller
 * in every subgraph.
 *
 * @param shared What other plans of the same model have found out about its constants.
 * @throws UsageError when the rules change nothing in the model.
 * @throws StageError when the calibration belongs to another model.
 */
export function planModel(
  model: Model,
  calibration: Calibration,
  options: PlanOptions,
  shared?: SharedConstants,
): Plan {
  const { graph: graphOf } = sharedOf(model, shared)
  const calibrated = new Set(calibration.tensors.map(({ subgraph }) => subgraph))
  // Their inputs and outputs stay as they are, so that caller and callee agree.
  const called = new Set(
    (model.subgraphs ?? []).flatMap(({ operators = [] }) => operators.flatMap(calledSubgraphs)),
  )
  const subgraphs = (model.subgraphs ?? []).flatMap((_, subgraph) => {
    const graph = graphOf(subgraph)
    if (graph === undefined) return []
    const own = called.has(subgraph) ? { ...options, io: 'float32' as const } : options
    return [planSubgraph(graph, calibration, calibrated.has(subgraph), own)]
  })
  if (subgraphs.some(({ operators }) => operators.some(changes))) {
    return { scheme: options.scheme, io: options.io, subgraphs }
  }
  const integer = options.rules.some(({ treatment }) => treatment.kind === 'integer')
  const reason = subgraphs
    .flatMap(({ operators }) => operators)
    .find(({ floatReason }) => floatReason !== undefined)
  throw new UsageError({
    stage: 'quantize',
    subject: 'model',
    found: integer
      ? 'no float operator that can become an integer one'
      : 'no operator with float32 weights that can become smaller',
    expected: 'at least one',
    nextStep:
      reason === undefined
        ? 'Check that this is the float model, and that it is not quantized already'
        : `Operator ${reason.index} stays float because ${reason.floatReason}`,
  })
}

function planSubgraph(
  graph: GraphView,
  calibration: Calibration,
  calibrated: boolean,
  { rules, io }: PlanOptions,
): SubgraphPlan {
  const treatments = treatmentsOf(graph, rules)
  const judged = graph.operators.map((operator, at) => judge(graph, operator, treatments[at]!, calibrated))
  const known = knownRanges(graph, calibration)
  const { ranges, makers } = maskedScores(graph, judged, known)
  const suitabilities = withoutDetours(
    graph,
    judged.map((suitable, at) => (makers.has(at) ? makesMask : suitable)),
  )
  const activations = activationParameters(
    graph,
    suitabilities,
    calibration,
    new Map([...paddedRanges(graph, known), ...ranges]),
  )
  const operators = graph.operators.map((operator, at) =>
    planOperator(graph, operator, at, treatments[at]!, suitabilities[at]!, activations),
  )
  // What is told to be float may have no range, when it does not run where the model was calibrated.
  const staysFloat = (index: number): boolean =>
    treatments[graph.producerOf(index) ?? -1]?.kind === 'float' && activations.rangeOf(index) === undefined
  const ends = [...graph.inputs, ...graph.outputs].filter(
    (index) => graph.isFloatActivation(index) && !staysFloat(index),
  )
  const type = io === 'int16' ? 'int16' : 'int8'
  return {
    subgraph: graph.subgraph,
    operators,
    boundary:
      io === 'float32' || !calibrated
        ? {}
        : Object.fromEntries(ends.map((index) => [index, stored(activations.of(index, type), type)])),
  }
}

const makesMask: Suitability = {
  kind: 'float',
  reason: 'it computes a mask, whose numbers are too large for integers beside those of scores',
  computes: true,
}

/** Whether an operator computes in integers; those with other treatments do not. */
function judge(graph: GraphView, operator: Operator, treatment: Treatment, calibrated: boolean): Suitability {
  if (treatment.kind !== 'integer' || !isConcerned(graph, operator)) return { kind: 'unconcerned' }
  if (!calibrated) return { kind: 'float', reason: 'its subgraph was not calibrated', computes: true }
  return suitability(graph, operator, treatment.activations)
}

function planOperator(
  graph: GraphView,
  operator: Operator,
  index: number,
  treatment: Treatment,
  suitable: Suitability,
  activations: ActivationParameters,
): OperatorPlan {
  const same = untouched(operator, index)
  switch (treatment.kind) {
    case 'integer':
      if (suitable.kind === 'unconcerned') return same
      return suitable.kind === 'float'
        ? { ...same, floatReason: suitable.reason }
        : planInteger(graph, operator, index, suitable, activations, treatment.weights)
    case 'hybrid':
      return planHybrid(graph, operator, index, treatment)
    case 'stored':
      return planStored(graph, operator, index, treatment)
    case 'float':
      return isConcerned(graph, operator) ? { ...same, floatReason: treatment.reason } : same
  }
}
