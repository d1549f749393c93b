import { sameShape } from '@quantrx/core'
import type { OperatorContext, OperatorImplementation, SubgraphCall } from '../operator.ts'
import { isTrue, servicesOf, setOutputs } from '../control/subgraph-outputs.ts'
import { inputAt, runTimeValue } from '../shared/operands.ts'

/** IF: one of two subgraphs, as its first operand says, on the other operands. */
export const ifOperator: OperatorImplementation<'IF'> = {
  kind: 'IF',
  supports: ['any type'],
  sizesOutputs: true,
  calls: branches,
  outputShapes(context) {
    const services = servicesOf(context)
    const [then, otherwise] = branches(context).map((call) => services.outputShapes(call))
    if (then!.every((shape, at) => sameShape(shape, otherwise![at] ?? [-1]))) return then!
    throw runTimeValue(context, inputAt(context, 0))
  },
  prepare(context) {
    const services = servicesOf(context)
    const { thenSubgraphIndex, elseSubgraphIndex } = context.options
    const operands = context.inputs.slice(1).map((_, at) => inputAt(context, at + 1))
    return () => {
      const chosen = isTrue(context, context.inputs[0]) ? thenSubgraphIndex : elseSubgraphIndex
      setOutputs(context, services.run(chosen, operands))
    }
  },
}

function branches(context: OperatorContext<'IF'>): readonly SubgraphCall[] {
  const { thenSubgraphIndex, elseSubgraphIndex } = context.options
  const inputs = context.inputs.slice(1).map((input) => input?.shape ?? [])
  return [thenSubgraphIndex, elseSubgraphIndex].map((subgraph) => ({ subgraph, inputs }))
}
