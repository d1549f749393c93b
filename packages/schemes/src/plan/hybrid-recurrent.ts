import type { Operator } from '@quantrx/tflite'
import type { HybridOnlyRule } from '../hybrid-rule.ts'
import type { GraphView } from './graph-view.ts'
import { integerWeights } from './operator-weights.ts'
import type { OperatorPlan } from './plan.ts'
import { untouched } from './untouched.ts'
import { weightsObstacle } from './weights-obstacle.ts'

/**
 * Plans an operator with several matrices, which all become int8 with one scale each or all stay: its kernel knows no mixture.
 * They stay where the largest is too small to be worth it.
 */
export function planHybridRecurrent(
  graph: GraphView,
  operator: Operator,
  index: number,
  { operands, version, options }: HybridOnlyRule,
  minimumElements: number,
): OperatorPlan {
  const { inputs = [] } = operator
  const same = untouched(operator, index)
  if (!graph.isFloatActivation(inputs[0] ?? -1)) return same
  const present = operands.filter((at) => (inputs[at] ?? -1) >= 0)
  const sizes = present.map((at) => graph.floatConstant(inputs[at]!)?.length ?? 0)
  const largest = present[sizes.indexOf(Math.max(...sizes))]
  const obstacles = present.map((at) =>
    weightsObstacle(graph, inputs[at]!, at === largest ? minimumElements : 0),
  )
  const floatReason = obstacles.find((reason) => reason !== undefined)
  if (floatReason !== undefined) return { ...same, floatReason }
  const form = { bits: 8, granularity: { kind: 'tensor' } } as const
  return {
    ...same,
    inputs: inputs.map((tensor, at) =>
      present.includes(at) ? integerWeights(graph, tensor, 0, form) : null,
    ),
    version,
    ...(options === undefined ? {} : { options }),
  }
}
