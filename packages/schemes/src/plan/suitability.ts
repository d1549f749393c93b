import { calledSubgraphs, operatorCode, operatorKind } from '@quantrx/tflite'
import type { Operator } from '@quantrx/tflite'
import { ruleWith } from '../rule.ts'
import type { OperatorRule, WeightsRule } from '../rule.ts'
import { hybridOnlyRuleOf, ruleOf } from '../rule-registry.ts'
import type { GraphView } from './graph-view.ts'
import type { ActivationType } from './treatment.ts'

/** Whether an operator can become an integer one, and if not, why. */
export type Suitability =
  | {
      readonly kind: 'integer'
      /** The rule of the operator with activations of this type. */
      readonly rule: OperatorRule
      readonly activations: ActivationType
    }
  | {
      readonly kind: 'float'
      readonly reason: string
      /** True for what computes with real numbers itself, rather than pass them on. */
      readonly computes: boolean
    }
  /** It has no float activations, so there is nothing to quantize. */
  | { readonly kind: 'unconcerned' }

/** True for an operator that computes with real numbers, and so can be quantized in principle. */
export function isConcerned(graph: GraphView, operator: Operator): boolean {
  const { inputs = [], outputs = [] } = operator
  const kind = operatorKind(graph.model, operator)
  if (kind === 'QUANTIZE' || kind === 'DEQUANTIZE') return false
  return [...inputs, ...outputs].some((index) => graph.isFloatActivation(index))
}

/** Judges one operator of a graph, for activations of a type. */
export function suitability(
  graph: GraphView,
  operator: Operator,
  activations: ActivationType = 'int8',
): Suitability {
  if (!isConcerned(graph, operator)) return { kind: 'unconcerned' }
  const kind = operatorKind(graph.model, operator)
  const own = ruleOf(kind)
  if (own === undefined) {
    const computes = !runsSubgraphs(operator)
    return { kind: 'float', reason: withoutRule(graph, operator, kind), computes }
  }
  const rule = ruleWith(own, activations)
  const reason =
    rule === undefined ? `${kind} has no kernel for ${activations}` : obstacle(graph, operator, rule)
  return rule === undefined || reason !== undefined
    ? { kind: 'float', reason: reason ?? '', computes: true }
    : { kind: 'integer', rule, activations }
}

function withoutRule({ model }: GraphView, operator: Operator, kind: string): string {
  if (kind === 'CUSTOM')
    return `custom operator ${operatorCode(model, operator)?.customCode ?? ''} is kept as it is`
  if (hybridOnlyRuleOf(kind) !== undefined)
    return `${kind} has no integer form here; the scheme dynamic makes its weights int8`
  return runsSubgraphs(operator)
    ? `${kind} passes real numbers on; operators inside its subgraphs are quantized`
    : `${kind} has no integer form here`
}

const runsSubgraphs = (operator: Operator): boolean => calledSubgraphs(operator).length > 0

function obstacle(graph: GraphView, operator: Operator, rule: OperatorRule): string | undefined {
  const { inputs = [], builtinOptions } = operator
  const oddities = [...activationsOf(operator, rule), ...activationOutputsOf(operator, rule)].flatMap(
    (index) => oddity(graph, index) ?? [],
  )
  if (oddities[0] !== undefined) return oddities[0]
  const fused = builtinOptions !== undefined && 'fusedActivationFunction' in builtinOptions
  if (fused && rule.fusedActivations?.includes(builtinOptions.fusedActivationFunction) === false) {
    return `the integer kernel has no fused activation ${builtinOptions.fusedActivationFunction}`
  }
  if (builtinOptions?.kind === 'FullyConnectedOptions' && builtinOptions.weightsFormat !== 'DEFAULT') {
    return `its weights are in format ${builtinOptions.weightsFormat}`
  }
  const coefficients = rule.coefficients?.map((at) => graph.floatConstant(inputs[at] ?? -1)) ?? []
  if (coefficients.includes(undefined)) return 'its coefficients are not float32 constants'
  if (!coefficients.every((values) => values?.every(Number.isFinite)))
    return 'its coefficients are not all finite'
  if (rule.divisor !== undefined) return divisorObstacle(graph.floatConstant(inputs[rule.divisor] ?? -1))
  return rule.weights && weightsObstacle(graph, operator, rule.weights)
}

/** A step is the range, 0 included, in 255 parts; what is less than half of one becomes 0. */
function divisorObstacle(divisor: Float32Array | undefined): string | undefined {
  if (divisor === undefined) return 'its divisor is computed, and may be 0 once it is quantized'
  const [min, max] = divisor.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [0, 0],
  )
  // A whole step rather than half of one: scale and zero point are rounded, too.
  const step = (max - min) / 255
  return divisor.every((value) => Math.abs(value) > step) ? undefined : 'its divisor has values that become 0'
}

function weightsObstacle(
  graph: GraphView,
  { inputs = [] }: Operator,
  { operand, biasOperand }: WeightsRule,
): string | undefined {
  if (graph.floatConstant(inputs[operand] ?? -1) === undefined) return 'its weights are not float32 constants'
  const bias = inputs[biasOperand] ?? -1
  if (bias >= 0 && graph.floatConstant(bias) === undefined) return 'its bias is not a float32 constant'
  const finite = graph.isFinite(inputs[operand] ?? -1) && (bias < 0 || graph.isFinite(bias))
  return finite ? undefined : 'its weights are not all finite'
}

/** Why a tensor cannot be an activation of an integer operator. */
function oddity(graph: GraphView, index: number): string | undefined {
  const tensor = graph.tensor(index)
  const name = `"${graph.nameOf(index)}"`
  if (tensor?.type !== 'FLOAT32') return `tensor ${name} is ${tensor?.type ?? 'missing'}, not FLOAT32`
  if (tensor.isVariable) return `tensor ${name} is a variable`
  if (tensor.sparsity !== undefined) return `tensor ${name} is sparse`
  if (tensor.shape?.includes(0) === true) return `tensor ${name} is empty`
  return graph.floatConstant(index) === undefined || graph.isFinite(index)
    ? undefined
    : `its constant ${name} is not finite`
}

/** Tensor indices of the operands that are activations, constants among them included. */
export function activationsOf(operator: Operator, { activations }: OperatorRule): readonly number[] {
  const { inputs = [] } = operator
  return activations === 'all' ? inputs : activations.map((at) => inputs[at] ?? -1)
}

/** Tensor indices of the outputs that are activations. */
export function activationOutputsOf(
  operator: Operator,
  { output, activationOutputs }: OperatorRule,
): readonly number[] {
  const { outputs = [] } = operator
  if (output.kind === 'unquantized') return []
  return activationOutputs === undefined ? outputs : activationOutputs.map((at) => outputs[at] ?? -1)
}
