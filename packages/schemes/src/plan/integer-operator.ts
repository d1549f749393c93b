import type { Operator } from '@quantrx/tflite'
import { biasScales, widenForBias } from '../parameters/bias.ts'
import type { OperatorRule } from '../rule.ts'
import type { ActivationParameters, IntegerForm } from './activation-parameters.ts'
import type { GraphView } from './graph-view.ts'
import { integerWeights, stored, symmetric } from './operator-weights.ts'
import type { OperatorPlan, StoredParameters } from './plan.ts'
import { activationOutputsOf, activationsOf } from './suitability.ts'
import type { IntegerWeights } from './treatment.ts'
import { untouched } from './untouched.ts'

/** Plans an operator with integer activations, and integer weights where it has any. */
export function planInteger(
  graph: GraphView,
  operator: Operator,
  index: number,
  form: IntegerForm,
  activations: ActivationParameters,
  weights: IntegerWeights,
): OperatorPlan {
  const { rule, activations: type } = form
  const { inputs = [], outputs = [] } = operator
  const wanted = inputs.map((tensor, at) =>
    tensor >= 0 && (rule.activations === 'all' || rule.activations.includes(at))
      ? stored(activations.wantedBy(operator, form, tensor), type)
      : null,
  )
  const inputScales = activationsOf(operator, rule).map(
    (tensor) => activations.wantedBy(operator, form, tensor).scale,
  )
  const tooWide = inputScales.find((scale) => scale >= (rule.inputScalesBelow ?? Infinity))
  if (tooWide !== undefined) {
    const floatReason = `the integer kernel has no input scale of ${tooWide}`
    return { ...untouched(operator, index), floatReason }
  }
  const int4Version = rule.weights?.int4Versions?.[type]
  const bits = int4Version === undefined ? 8 : weights.bits
  if (rule.weights !== undefined) addWeights(graph, operator, form, wanted, { ...weights, bits })
  for (const at of rule.coefficients ?? []) wanted[at] = coefficients(graph, inputs[at] ?? -1)
  const quantized = activationOutputsOf(operator, rule)
  const results = outputs.map((tensor) =>
    quantized.includes(tensor) ? stored(activations.of(tensor, type), type) : null,
  )
  const inner = rule.inner?.({
    ...{ graph, operator, index, rangeOf: activations.rangeOf },
    input: activations.wantedBy(operator, form, inputs[0] ?? -1),
    output: activations.of(outputs[0] ?? -1, type),
  })
  if (inner?.kind === 'float') return { ...untouched(operator, index), floatReason: inner.reason }
  for (const [at, parameters] of Object.entries(inner?.operands ?? {})) wanted[Number(at)] = parameters
  const version = rule.version({
    operator,
    inputShapes: inputs.map((tensor) => graph.shapeOf(tensor)),
    inputScales,
    outputScale: results[0]?.scales[0] ?? 1,
    hasBias: hasBias(operator, rule),
  })
  return {
    ...{ index, inputs: wanted, outputs: results },
    version: bits === 4 ? Math.max(version, int4Version ?? 0) : version,
    ...(rule.options === undefined ? {} : { options: rule.options }),
    ...(inner?.intermediates === undefined ? {} : { intermediates: inner.intermediates }),
  }
}

const hasBias = ({ inputs = [] }: Operator, rule: OperatorRule): boolean =>
  (inputs[rule.weights?.biasOperand ?? -1] ?? -1) >= 0

function addWeights(
  graph: GraphView,
  { inputs = [] }: Operator,
  { rule, activations: type }: IntegerForm,
  wanted: (StoredParameters | null)[],
  weights: IntegerWeights,
): void {
  const { operand = 1, channelAxis = 0, biasOperand = 2 } = rule.weights ?? {}
  const tensor = inputs[operand] ?? -1
  const bias = graph.floatConstant(inputs[biasOperand] ?? -1)
  const biasType = type === 'int16' ? 'int64' : 'int32'
  const inputScale = wanted[rule.activations === 'all' ? 0 : (rule.activations[0] ?? 0)]?.scales[0] ?? 1
  // Sums of integers have one scale for each channel, so blocks are for float activations only.
  const granularity =
    weights.granularity.kind === 'block' ? ({ kind: 'channel' } as const) : weights.granularity
  const own = integerWeights(graph, tensor, channelAxis, { ...weights, granularity })
  const scales = widenForBias(own.scales, bias, inputScale, biasType)
  wanted[operand] = { ...own, scales }
  if (bias !== undefined) wanted[biasOperand] = symmetric(biasType, biasScales(inputScale, scales), 0)
}

/** Constants that are symmetric as a whole. */
function coefficients(graph: GraphView, tensor: number): StoredParameters {
  return integerWeights(graph, tensor, 0, { bits: 8, granularity: { kind: 'tensor' } })
}
