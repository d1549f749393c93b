import { sameShape } from '@quantrx/core'
import { isTrue, servicesOf, setOutputs } from '../control/subgraph-outputs.ts'
import type { OperatorContext, OperatorImplementation, RuntimeTensor, SubgraphCall } from '../operator.ts'
import { inputAt, runTimeValue } from '../shared/operands.ts'

/**
 * WHILE: a subgraph on its own outputs for as long as another one, the condition, gives true. How often is for the model to
 * say: whoever runs models of others ends the thread that runs too long.
 */
export const whileOperator: OperatorImplementation<'WHILE'> = {
  kind: 'WHILE',
  supports: ['any type'],
  sizesOutputs: true,
  calls: (context) => {
    const { condSubgraphIndex, bodySubgraphIndex } = context.options
    return [callOf(context, condSubgraphIndex), callOf(context, bodySubgraphIndex)]
  },
  outputShapes(context) {
    const services = servicesOf(context)
    const body = callOf(context, context.options.bodySubgraphIndex)
    services.outputShapes(callOf(context, context.options.condSubgraphIndex))
    const shapes = services.outputShapes(body)
    if (shapes.every((shape, at) => sameShape(shape, body.inputs[at] ?? [-1]))) return shapes
    throw runTimeValue(context, inputAt(context, 0))
  },
  prepare(context) {
    const services = servicesOf(context)
    const { condSubgraphIndex, bodySubgraphIndex } = context.options
    const operands = context.inputs.map((_, at) => inputAt(context, at))
    return () => {
      setOutputs(context, operands)
      const values: readonly RuntimeTensor[] = context.outputs
      while (isTrue(context, services.run(condSubgraphIndex, values)[0]))
        setOutputs(context, services.run(bodySubgraphIndex, values))
    }
  },
}

const callOf = ({ inputs }: OperatorContext, subgraph: number): SubgraphCall => ({
  subgraph,
  inputs: inputs.map((input) => input?.shape ?? []),
})
