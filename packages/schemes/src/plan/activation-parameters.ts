import { integerLimits } from '@quantrx/core'
import type { Calibration, Range } from '@quantrx/core'
import type { Operator } from '@quantrx/tflite'
import { trainedRange } from '../fake-quantization/trained-quantization.ts'
import { activationParameters as parametersFor } from '../parameters/activation.ts'
import type { TensorParameters } from '../parameters/activation.ts'
import { calibratedRanges } from './calibrated-ranges.ts'
import type { GraphView } from './graph-view.ts'
import { activationOutputsOf, activationsOf } from './suitability.ts'
import type { Suitability } from './suitability.ts'
import type { ActivationType } from './treatment.ts'

/** How an operator is to be computed in integers. */
export type IntegerForm = Extract<Suitability, { readonly kind: 'integer' }>

/** The parameters of the activations of a graph. */
export interface ActivationParameters {
  /**
   * Parameters of a float activation in a type, as its producer makes it, or as it is converted where its producer has
   * another type or stays float.
   *
   * @throws StageError when the calibration does not know it.
   */
  of(index: number, type: ActivationType): TensorParameters
  /** Calibrated range of a tensor, or of a value inside an operator; undefined where the calibration knows none. */
  rangeOf(index: number): Range | undefined
  /** Parameters that an operator wants of one of its activation operands. */
  wantedBy(operator: Operator, form: IntegerForm, index: number): TensorParameters
}

/** Parameters of a tensor in a type. */
type Lookup = ActivationParameters['of']
/** Settles the parameters of a tensor in a type. */
type Choose = (index: number, type: ActivationType, parameters: TensorParameters) => void

/**
 * Chooses the parameters of all activations, in execution order: calibrated ranges, ranges that operators always have, and
 * ranges that operators hand on because their kernels only move bytes. Follows spec section 4. A tensor between operators
 * with activations of different types has parameters in both.
 *
 * @param narrower Ranges that count in place of those calibrated.
 */
export function activationParameters(
  graph: GraphView,
  suitabilities: readonly Suitability[],
  calibration: Calibration,
  narrower: ReadonlyMap<number, Range> = new Map(),
): ActivationParameters {
  const chosen: Readonly<Record<ActivationType, Map<number, TensorParameters>>> = {
    int8: new Map(),
    int16: new Map(),
  }
  const rangeOf = calibratedRanges(graph, calibration)
  const of: Lookup = (index, type) => {
    const known = chosen[type].get(index)
    if (known !== undefined) return known
    const range = narrower.get(index) ?? constantRange(graph, index)
    const parameters = trainedParameters(graph, index, type) ?? parametersFor(range ?? rangeOf(index), type)
    chosen[type].set(index, parameters)
    return parameters
  }
  const choose: Choose = (index, type, parameters) => chosen[type].set(index, parameters)
  imposeOutputs(graph, suitabilities, of, choose)
  graph.operators.forEach((operator, at) => {
    const form = suitabilities[at]
    if (form?.kind !== 'integer') return
    for (const output of activationOutputsOf(operator, form.rule)) {
      choose(output, form.activations, outputParameters(operator, form, output, of))
    }
  })
  const calibrated = new Set(
    calibration.tensors.flatMap(({ subgraph, index }) => (subgraph === graph.subgraph ? [index] : [])),
  )
  return {
    of,
    rangeOf: (index) => (calibrated.has(index) ? rangeOf(index) : undefined),
    wantedBy(operator, { rule, activations }, index) {
      if (rule.output.kind === 'inputs-same-as-output') return of(operator.outputs?.[0] ?? -1, activations)
      const other = rule.constantsLikeOthers === true ? otherOperand(graph, operator, index) : undefined
      const parameters = other === undefined ? undefined : of(other, activations)
      return parameters !== undefined && reaches(parameters, activations, constantRange(graph, index))
        ? parameters
        : of(index, activations)
    },
  }
}

/** The operand beside a constant one, if it is computed. */
function otherOperand(graph: GraphView, { inputs = [] }: Operator, index: number): number | undefined {
  return constantRange(graph, index) && inputs.find((input) => graph.isFloatActivation(input))
}

function reaches(
  { scale, zeroPoint }: TensorParameters,
  type: ActivationType,
  range: Range | undefined,
): boolean {
  const { min, max } = integerLimits[type]
  return (
    range !== undefined && range.min >= (min - zeroPoint) * scale && range.max <= (max - zeroPoint) * scale
  )
}

function outputParameters(
  operator: Operator,
  { rule, activations: type }: IntegerForm,
  output: number,
  of: Lookup,
): TensorParameters {
  switch (rule.output.kind) {
    case 'fixed':
      return rule.output.parameters
    case 'same-as-input':
      return of(activationsOf(operator, rule)[0] ?? -1, type)
    default: {
      const parameters = of(output, type)
      const smallest =
        rule.smallestOutputScale?.(activationsOf(operator, rule).map((index) => of(index, type).scale)) ?? 0
      return parameters.scale >= smallest ? parameters : { ...parameters, scale: Math.fround(smallest) }
    }
  }
}

/**
 * Operators that only move bytes from several inputs hand the range of their output on to the inputs, where nothing else
 * uses them; the others are requantized in front. Later operators first, so that ranges travel through several of them.
 */
function imposeOutputs(
  graph: GraphView,
  suitabilities: readonly Suitability[],
  of: Lookup,
  choose: Choose,
): void {
  for (let at = graph.operators.length - 1; at >= 0; at--) {
    const [form, operator] = [suitabilities[at], graph.operators[at]!]
    if (form?.kind !== 'integer' || form.rule.output.kind !== 'inputs-same-as-output') continue
    const type = form.activations
    for (const input of activationsOf(operator, form.rule)) {
      const root = freeRoot(graph, suitabilities, input, type)
      if (root !== undefined) choose(root, type, of(operator.outputs?.[0] ?? -1, type))
    }
  }
}

/** The tensor whose range decides that of `index`, if it may be changed without another operator noticing. */
function freeRoot(
  graph: GraphView,
  suitabilities: readonly Suitability[],
  index: number,
  type: ActivationType,
): number | undefined {
  const producer = graph.producerOf(index)
  const alone = graph.consumersOf(index).length === 1 && !graph.outputs.includes(index)
  if (producer === undefined || !alone) return undefined
  const [form, operator] = [suitabilities[producer], graph.operators[producer]]
  // The other outputs of the operator would get the range too, though theirs may be wider.
  if (operator === undefined || (operator.outputs ?? []).length > 1) return undefined
  if (form?.kind !== 'integer' || form.activations !== type || form.rule.output.kind === 'fixed')
    return undefined
  if (form.rule.output.kind !== 'same-as-input') return index
  return freeRoot(graph, suitabilities, activationsOf(operator, form.rule)[0] ?? -1, type)
}

/** What training has settled for an activation. */
function trainedParameters(
  graph: GraphView,
  index: number,
  type: ActivationType,
): TensorParameters | undefined {
  const trained = graph.trained(index)
  if (trained === undefined || trained.parameters.scales.length > 1) return undefined
  const { int8 } = trained
  if (type === 'int8' && int8 !== undefined) return { scale: int8.scales[0]!, zeroPoint: int8.zeroPoints[0]! }
  return parametersFor(trainedRange(trained), type)
}

/** Constants among activations take the range of their values. */
function constantRange(graph: GraphView, index: number): Range | undefined {
  const values = graph.floatConstant(index)
  if (values === undefined) return undefined
  const [min, max] = values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [0, 0],
  )
  return { min, max }
}
