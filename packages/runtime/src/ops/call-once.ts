import { servicesOf } from '../control/subgraph-outputs.ts'
import type { OperatorImplementation } from '../operator.ts'

/** CALL_ONCE: a subgraph that assigns variables, in the first run of a program only. */
export const callOnce: OperatorImplementation<'CALL_ONCE'> = {
  kind: 'CALL_ONCE',
  supports: ['a subgraph without inputs and outputs'],
  effects: true,
  calls: ({ options }) => [{ subgraph: options.initSubgraphIndex, inputs: [] }],
  outputShapes(context) {
    servicesOf(context).outputShapes({ subgraph: context.options.initSubgraphIndex, inputs: [] })
    return []
  },
  prepare(context) {
    const { resources, run } = servicesOf(context)
    const { initSubgraphIndex } = context.options
    return () => {
      if (resources.isFirst(initSubgraphIndex)) run(initSubgraphIndex, [])
    }
  },
}
