import { operatorKind } from '@quantrx/tflite'
import type { Operator } from '@quantrx/tflite'
import { largestFloat16 } from '../parameters/float16.ts'
import { ruleOf } from '../rule-registry.ts'
import type { GraphView } from './graph-view.ts'
import { integerWeights } from './operator-weights.ts'
import type { OperatorPlan, StoredParameters } from './plan.ts'
import { isConcerned } from './suitability.ts'
import type { Treatment } from './treatment.ts'
import { untouched } from './untouched.ts'
import { weightsObstacle } from './weights-obstacle.ts'

type Stored = Extract<Treatment, { readonly kind: 'stored' }>

/** A constant as float16: no scales, the operator reads float32. */
const float16: StoredParameters = {
  ...{ type: 'float16', scales: [], zeroPoints: [], axis: 0, dequantized: true },
}

/** Plans an operator that computes in float32 with constants that are stored smaller. */
export function planStored(
  graph: GraphView,
  operator: Operator,
  index: number,
  treatment: Stored,
): OperatorPlan {
  if (!isConcerned(graph, operator)) return untouched(operator, index)
  return treatment.weights === 'float16'
    ? planFloat16(graph, operator, index, treatment.minimumElements)
    : planIntegers(graph, operator, index, treatment.weights, treatment.minimumElements)
}

/** All constants, as TensorFlow Lite's converter does; those that float16 cannot hold stay float32. */
function planFloat16(
  graph: GraphView,
  operator: Operator,
  index: number,
  minimumElements: number,
): OperatorPlan {
  const { inputs = [] } = operator
  const constants = inputs.map((tensor) => graph.floatConstant(tensor))
  const fits = (values: Float32Array | undefined): boolean =>
    values !== undefined &&
    values.length > 0 &&
    values.length >= minimumElements &&
    values.every((value) => Math.abs(value) <= largestFloat16)
  const wanted = constants.map((values) => (fits(values) ? float16 : null))
  const beyond = constants.some((values) => values?.some((value) => !(Math.abs(value) <= largestFloat16)))
  const stays = beyond && !wanted.some((each) => each !== null)
  const floatReason = `its constants are beyond float16, which ends at ${largestFloat16}`
  return { ...untouched(operator, index), inputs: wanted, ...(stays ? { floatReason } : {}) }
}

function planIntegers(
  graph: GraphView,
  operator: Operator,
  index: number,
  weights: Exclude<Stored['weights'], 'float16'>,
  minimumElements: number,
): OperatorPlan {
  const { inputs = [] } = operator
  const rule = ruleOf(operatorKind(graph.model, operator))
  const same = untouched(operator, index)
  if (rule?.weights === undefined) return same
  const { operand, channelAxis } = rule.weights
  const tensor = inputs[operand] ?? -1
  const floatReason = weightsObstacle(graph, tensor, minimumElements)
  if (floatReason !== undefined) return { ...same, floatReason }
  // DEQUANTIZE knows one scale, or one for each slice.
  const granularity =
    weights.granularity.kind === 'block' ? ({ kind: 'channel' } as const) : weights.granularity
  const stored = integerWeights(graph, tensor, channelAxis, { ...weights, granularity })
  const inputsWanted = inputs.map((_, at) => (at === operand ? { ...stored, dequantized: true } : null))
  return { ...same, inputs: inputsWanted }
}
