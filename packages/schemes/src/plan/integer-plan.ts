import { UsageError } from '@quantrx/core'
import type { Calibration } from '@quantrx/core'
import type { Model, Operator } from '@quantrx/tflite'
import type { TensorParameters } from '../parameters/asymmetric.ts'
import { biasScales, widenForBias } from '../parameters/bias.ts'
import { largestMagnitudes, symmetricScales } from '../parameters/symmetric.ts'
import type { OperatorRule } from '../rule.ts'
import { activationParameters } from './activation-parameters.ts'
import type { ActivationParameters } from './activation-parameters.ts'
import { graphView } from './graph-view.ts'
import type { GraphView } from './graph-view.ts'
import type { InputOutputType, OperatorPlan, Plan, StoredParameters, SubgraphPlan } from './plan.ts'
import { activationOutputsOf, activationsOf, suitability } from './suitability.ts'
import type { Suitability } from './suitability.ts'

/** What distinguishes the schemes that make weights and activations int8. */
export interface IntegerPlanOptions {
  readonly scheme: string
  readonly io: InputOutputType
  /** True where the weights of an operator kind get one scale for each output channel. */
  perChannel(rule: OperatorRule): boolean
}

/**
 * Plans a model whose weights and activations are int8, in every subgraph that has been calibrated.
 *
 * @throws UsageError when nothing in the model can become an integer.
 * @throws StageError when the calibration belongs to another model.
 */
export function integerPlan(model: Model, calibration: Calibration, options: IntegerPlanOptions): Plan {
  const calibrated = [...new Set(calibration.tensors.map(({ subgraph }) => subgraph))].sort((a, b) => a - b)
  const views = calibrated.flatMap((subgraph) => graphView(model, subgraph) ?? [])
  const subgraphs = views.map((graph) => planSubgraph(graph, calibration, options))
  if (subgraphs.some(({ operators }) => operators.some(({ version }) => version !== undefined))) {
    return { scheme: options.scheme, io: options.io, subgraphs }
  }
  throw new UsageError({
    stage: 'quantize',
    subject: 'model',
    found: 'no float operator that can become an integer one',
    expected: 'at least one',
    nextStep: 'Check that this is the float model, and that it is not quantized already',
  })
}

function planSubgraph(graph: GraphView, calibration: Calibration, options: IntegerPlanOptions): SubgraphPlan {
  const suitabilities = graph.operators.map((operator) => suitability(graph, operator))
  const activations = activationParameters(graph, suitabilities, calibration)
  const operators = graph.operators.map((operator, index) =>
    planOperator(graph, operator, index, suitabilities[index]!, activations, options),
  )
  const boundary = [...graph.inputs, ...graph.outputs].filter((index) => graph.isFloatActivation(index))
  return {
    subgraph: graph.subgraph,
    operators,
    boundary:
      options.io === 'float32'
        ? {}
        : Object.fromEntries(boundary.map((index) => [index, stored(activations.of(index))])),
  }
}

function planOperator(
  graph: GraphView,
  operator: Operator,
  index: number,
  suitable: Suitability,
  activations: ActivationParameters,
  options: IntegerPlanOptions,
): OperatorPlan {
  const { inputs = [], outputs = [] } = operator
  const untouched = { index, inputs: inputs.map(() => null), outputs: outputs.map(() => null) }
  if (suitable.kind === 'unconcerned') return untouched
  if (suitable.kind === 'float') return { ...untouched, floatReason: suitable.reason }
  const { rule } = suitable
  const wanted = inputs.map((tensor, at) =>
    tensor >= 0 && (rule.activations === 'all' || rule.activations.includes(at))
      ? stored(activations.wantedBy(operator, rule, tensor))
      : null,
  )
  const inputScales = activationsOf(operator, rule).map(
    (tensor) => activations.wantedBy(operator, rule, tensor).scale,
  )
  const tooWide = inputScales.find((scale) => scale >= (rule.inputScalesBelow ?? Infinity))
  if (tooWide !== undefined) {
    const floatReason = `the integer kernel has no input scale of ${tooWide}`
    return { ...untouched, floatReason }
  }
  if (rule.weights !== undefined) addWeights(graph, operator, rule, wanted, options)
  for (const at of rule.coefficients ?? []) wanted[at] = coefficients(graph, inputs[at] ?? -1)
  const quantized = activationOutputsOf(operator, rule)
  const results = outputs.map((tensor) =>
    quantized.includes(tensor) ? stored(activations.of(tensor)) : null,
  )
  const version = rule.version({
    operator,
    inputShapes: inputs.map((tensor) => graph.shapeOf(tensor)),
    inputScales,
    outputScale: results[0]?.scales[0] ?? 1,
    hasBias: (inputs[rule.weights?.biasOperand ?? -1] ?? -1) >= 0,
  })
  return { index, inputs: wanted, outputs: results, version }
}

function addWeights(
  graph: GraphView,
  operator: Operator,
  rule: OperatorRule,
  wanted: (StoredParameters | null)[],
  { perChannel }: IntegerPlanOptions,
): void {
  const { inputs = [] } = operator
  const { operand = 1, channelAxis = 0, biasOperand = 2 } = rule.weights ?? {}
  const tensor = inputs[operand] ?? -1
  const axis = perChannel(rule) ? channelAxis : undefined
  const values = graph.floatConstant(tensor) ?? new Float32Array()
  const bias = graph.floatConstant(inputs[biasOperand] ?? -1)
  const inputScale = wanted[0]?.scales[0] ?? 1
  const own = symmetricScales(largestMagnitudes({ values, shape: graph.shapeOf(tensor), axis }))
  const scales = widenForBias(own, bias, inputScale)
  wanted[operand] = symmetric('int8', scales, axis ?? 0)
  if (bias !== undefined) wanted[biasOperand] = symmetric('int32', biasScales(inputScale, scales), 0)
}

/** Constants that are symmetric as a whole. */
function coefficients(graph: GraphView, tensor: number): StoredParameters {
  const values = graph.floatConstant(tensor) ?? new Float32Array()
  const magnitudes = largestMagnitudes({ values, shape: graph.shapeOf(tensor), axis: undefined })
  return symmetric('int8', symmetricScales(magnitudes), 0)
}

const stored = ({ scale, zeroPoint }: TensorParameters): StoredParameters => ({
  type: 'int8',
  scales: [scale],
  zeroPoints: [zeroPoint],
  axis: 0,
})

const symmetric = (
  type: StoredParameters['type'],
  scales: readonly number[],
  axis: number,
): StoredParameters => ({
  type,
  scales,
  zeroPoints: scales.map(() => 0),
  axis,
  ...(type === 'int8' ? { narrow: true } : {}),
})
