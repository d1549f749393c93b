import { UsageError } from '@quantrx/core'
import { operatorKind } from '@quantrx/tflite'
import type { Model, Operator } from '@quantrx/tflite'
import { largestMagnitudes, symmetricScales } from '../parameters/symmetric.ts'
import { ruleOf } from '../rule-registry.ts'
import { graphView } from './graph-view.ts'
import type { GraphView } from './graph-view.ts'
import type { OperatorPlan, Plan } from './plan.ts'

/** Smaller weights stay float: quantizing them costs accuracy and saves nothing (spec section 9). */
const minimumElements = 1024

/**
 * Plans a model whose weights are int8 while activations stay float32, in every subgraph. Follows spec section 9.
 *
 * @throws UsageError when no weights can become integers.
 */
export function dynamicPlan(model: Model, scheme: string): Plan {
  const subgraphs = (model.subgraphs ?? []).flatMap((_, subgraph) => {
    const graph = graphView(model, subgraph)
    if (graph === undefined) return []
    return [
      {
        subgraph,
        operators: graph.operators.map((operator, at) => planOperator(graph, operator, at)),
        boundary: {},
      },
    ]
  })
  if (subgraphs.some(({ operators }) => operators.some(({ version }) => version !== undefined))) {
    return { scheme, io: 'float32', subgraphs }
  }
  throw new UsageError({
    stage: 'quantize',
    subject: 'model',
    found: 'no operator with float32 weights that can become int8',
    expected: `at least one with ${minimumElements} weights or more`,
    nextStep: 'Check that this is the float model, and that it is not quantized already',
  })
}

function planOperator(graph: GraphView, operator: Operator, index: number): OperatorPlan {
  const { inputs = [], outputs = [] } = operator
  const rule = ruleOf(operatorKind(graph.model, operator))
  const untouched = { index, inputs: inputs.map(() => null), outputs: outputs.map(() => null) }
  if (rule?.weights === undefined || rule.hybrid === undefined) return untouched
  const { operand, channelAxis: axis } = rule.weights
  const tensor = inputs[operand] ?? -1
  const values = graph.floatConstant(tensor)
  const floatReason = obstacle(graph, inputs[0] ?? -1, values)
  if (values === undefined || floatReason !== undefined) {
    return floatReason === undefined ? untouched : { ...untouched, floatReason }
  }
  const scales = symmetricScales(largestMagnitudes({ values, shape: graph.shapeOf(tensor), axis }))
  const zeroPoints = scales.map(() => 0)
  const wanted = inputs.map((_, at) =>
    at === operand ? { type: 'int8' as const, scales, zeroPoints, axis, narrow: true } : null,
  )
  const { version, options } = rule.hybrid
  return { ...untouched, inputs: wanted, version, ...(options === undefined ? {} : { options }) }
}

function obstacle(graph: GraphView, input: number, values: Float32Array | undefined): string | undefined {
  if (!graph.isFloatActivation(input)) return undefined
  if (values === undefined) return 'its weights are not float32 constants'
  if (values.length < minimumElements)
    return `its weights have ${values.length} elements, fewer than ${minimumElements}`
  return values.every(Number.isFinite) ? undefined : 'its weights are not all finite'
}
