import { StageError } from '@quantrx/core'
import type { Calibration, Range } from '@quantrx/core'
import type { Operator } from '@quantrx/tflite'
import { asymmetricParameters } from '../parameters/asymmetric.ts'
import type { TensorParameters } from '../parameters/asymmetric.ts'
import type { OperatorRule } from '../rule.ts'
import type { GraphView } from './graph-view.ts'
import { activationOutputsOf, activationsOf } from './suitability.ts'
import type { Suitability } from './suitability.ts'

/** The parameters of the activations of a graph. */
export interface ActivationParameters {
  /**
   * Parameters of a float activation as its producer makes it, or as it is quantized where its producer stays float.
   *
   * @throws StageError when the calibration does not know it.
   */
  of(index: number): TensorParameters
  /** Parameters that an operator wants of one of its activation operands. */
  wantedBy(operator: Operator, rule: OperatorRule, index: number): TensorParameters
}

/**
 * Chooses the parameters of all activations, in execution order: calibrated ranges, ranges that operators always have, and
 * ranges that operators hand on because their kernels only move bytes. Follows spec section 4.
 */
export function activationParameters(
  graph: GraphView,
  suitabilities: readonly Suitability[],
  calibration: Calibration,
): ActivationParameters {
  const ranges = new Map(
    calibration.tensors
      .filter(({ subgraph }) => subgraph === graph.subgraph)
      .map((tensor) => [tensor.index, tensor]),
  )
  const chosen = new Map<number, TensorParameters>()
  const calibrated = (index: number): TensorParameters => {
    const tensor = ranges.get(index)
    if (tensor === undefined) throw uncalibrated(graph, calibration, index)
    if (graph.tensor(index)?.name !== undefined && tensor.name !== graph.tensor(index)?.name) {
      throw otherModel(graph, calibration, index, tensor.name)
    }
    return asymmetricParameters(finiteRange(graph, calibration, index, tensor.result))
  }
  const of = (index: number): TensorParameters => {
    const known = chosen.get(index)
    if (known !== undefined) return known
    const parameters = constantParameters(graph, index) ?? calibrated(index)
    chosen.set(index, parameters)
    return parameters
  }
  imposeOutputs(graph, suitabilities, of, chosen)
  graph.operators.forEach((operator, at) => {
    const suitable = suitabilities[at]
    if (suitable?.kind !== 'integer') return
    for (const output of activationOutputsOf(operator, suitable.rule)) {
      chosen.set(output, outputParameters(operator, suitable.rule, output, of))
    }
  })
  return {
    of,
    wantedBy: (operator, rule, index) =>
      rule.output.kind === 'inputs-same-as-output' ? of(operator.outputs?.[0] ?? -1) : of(index),
  }
}

function outputParameters(
  operator: Operator,
  rule: OperatorRule,
  output: number,
  of: (index: number) => TensorParameters,
): TensorParameters {
  switch (rule.output.kind) {
    case 'fixed':
      return rule.output.parameters
    case 'same-as-input':
      return of(activationsOf(operator, rule)[0] ?? -1)
    default: {
      const parameters = of(output)
      const smallest =
        rule.smallestOutputScale?.(activationsOf(operator, rule).map((index) => of(index).scale)) ?? 0
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
  of: (index: number) => TensorParameters,
  chosen: Map<number, TensorParameters>,
): void {
  for (let at = graph.operators.length - 1; at >= 0; at--) {
    const [suitable, operator] = [suitabilities[at], graph.operators[at]!]
    if (suitable?.kind !== 'integer' || suitable.rule.output.kind !== 'inputs-same-as-output') continue
    for (const input of activationsOf(operator, suitable.rule)) {
      const root = freeRoot(graph, suitabilities, input)
      if (root !== undefined) chosen.set(root, of(operator.outputs?.[0] ?? -1))
    }
  }
}

/** The tensor whose range decides that of `index`, if it may be changed without another operator noticing. */
function freeRoot(
  graph: GraphView,
  suitabilities: readonly Suitability[],
  index: number,
): number | undefined {
  const producer = graph.producerOf(index)
  const alone = graph.consumersOf(index).length === 1 && !graph.outputs.includes(index)
  if (producer === undefined || !alone) return undefined
  const [suitable, operator] = [suitabilities[producer], graph.operators[producer]]
  // The other outputs of the operator would get the range too, though theirs may be wider.
  if (operator === undefined || (operator.outputs ?? []).length > 1) return undefined
  if (suitable?.kind !== 'integer' || suitable.rule.output.kind === 'fixed') return undefined
  if (suitable.rule.output.kind !== 'same-as-input') return index
  return freeRoot(graph, suitabilities, activationsOf(operator, suitable.rule)[0] ?? -1)
}

/** Constants among activations take the range of their values. */
function constantParameters(graph: GraphView, index: number): TensorParameters | undefined {
  const values = graph.floatConstant(index)
  if (values === undefined) return undefined
  const [min, max] = values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [0, 0],
  )
  return asymmetricParameters({ min, max })
}

function finiteRange(graph: GraphView, calibration: Calibration, index: number, range: Range): Range {
  if (Number.isFinite(range.min) && Number.isFinite(range.max) && range.min <= range.max) return range
  throw new StageError({
    stage: 'quantize',
    subject: `strategy ${calibration.strategy}, tensor ${graph.nameOf(index)}`,
    found: `the range ${range.min} to ${range.max}`,
    expected: 'finite numbers in ascending order',
    nextStep: 'Check the observer and the samples',
  })
}

function uncalibrated(graph: GraphView, calibration: Calibration, index: number): StageError {
  return new StageError({
    stage: 'quantize',
    subject: `strategy ${calibration.strategy}, tensor ${graph.nameOf(index)}`,
    found: 'no calibrated range',
    expected: 'one for every float tensor of the model',
    nextStep: 'Calibrate with this very model',
  })
}

function otherModel(graph: GraphView, calibration: Calibration, index: number, name: string): StageError {
  return new StageError({
    stage: 'quantize',
    subject: `strategy ${calibration.strategy}, tensor ${index}`,
    found: `a calibration of "${name}"`,
    expected: `one of "${graph.nameOf(index)}"`,
    nextStep: 'Calibrate with this very model',
  })
}
