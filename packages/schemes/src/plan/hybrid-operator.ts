import { operatorCode, operatorKind } from '@quantrx/tflite'
import type { Operator } from '@quantrx/tflite'
import { storedWeightsOf } from '../rule.ts'
import type { HybridRule, StoredWeights } from '../rule.ts'
import { hybridOnlyRuleOf, ruleOf } from '../rule-registry.ts'
import type { GraphView } from './graph-view.ts'
import { planHybridRecurrent } from './hybrid-recurrent.ts'
import { fitsBlocks, integerWeights } from './operator-weights.ts'
import type { OperatorPlan } from './plan.ts'
import type { IntegerWeights, Treatment } from './treatment.ts'
import { untouched } from './untouched.ts'
import { weightsObstacle } from './weights-obstacle.ts'

/** Plans an operator whose weights become integers while its activations stay float32. Follows spec section 9. */
export function planHybrid(
  graph: GraphView,
  operator: Operator,
  index: number,
  { weights, minimumElements }: Extract<Treatment, { readonly kind: 'hybrid' }>,
): OperatorPlan {
  const { inputs = [] } = operator
  const kind = operatorKind(graph.model, operator)
  const recurrent = hybridOnlyRuleOf(kind)
  if (recurrent !== undefined) return planHybridRecurrent(graph, operator, index, recurrent, minimumElements)
  const rule = ruleOf(kind)
  const same = untouched(operator, index)
  const own = storedWeightsOf(rule)
  if (own === undefined || rule?.hybrid === undefined) return same
  const { operand, channelAxis } = own
  const tensor = inputs[operand] ?? -1
  const [first = 0] = rule.activations === 'all' ? [] : rule.activations
  const activation = rule.weights === undefined ? operator.outputs?.[0] : inputs[first]
  if (!graph.isFloatActivation(activation ?? -1)) return same
  const floatReason = weightsObstacle(graph, tensor, minimumElements)
  if (floatReason !== undefined) return { ...same, floatReason }
  const form = hybridForm(graph, tensor, own, rule.hybrid, weights)
  const stored = integerWeights(graph, tensor, channelAxis, form)
  const int4Version = form.bits === 4 ? (own.int4Versions?.float32 ?? 0) : 0
  // What the float operator asks for, such as a fused activation, the hybrid one does, too.
  const floatVersion = operatorCode(graph.model, operator)?.version ?? 1
  const { version, options } = rule.hybrid
  return {
    ...same,
    inputs: inputs.map((_, at) => (at === operand ? stored : null)),
    version: Math.max(version, int4Version, floatVersion),
    ...(options === undefined ? {} : { options }),
  }
}

/** What the hybrid kernels of an operator have that comes nearest. */
function hybridForm(
  graph: GraphView,
  tensor: number,
  own: StoredWeights,
  hybrid: HybridRule,
  { bits: wanted, granularity }: IntegerWeights,
): IntegerWeights {
  const bits = own.int4Versions?.float32 === undefined ? 8 : wanted
  const divides =
    granularity.kind !== 'block' ||
    (bits === 4 && hybrid.blockwise === true && fitsBlocks(graph, tensor, granularity.size))
  return { bits, granularity: divides ? granularity : { kind: 'channel' } }
}
