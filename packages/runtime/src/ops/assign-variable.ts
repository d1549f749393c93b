import { servicesOf } from '../control/subgraph-outputs.ts'
import type { OperatorImplementation } from '../operator.ts'
import { dataAs, inputAt } from '../shared/operands.ts'

/** ASSIGN_VARIABLE: a variable keeps the value from then on, from run to run. */
export const assignVariable: OperatorImplementation<'ASSIGN_VARIABLE'> = {
  kind: 'ASSIGN_VARIABLE',
  supports: ['any type'],
  effects: true,
  sizesOutputs: true,
  outputShapes: () => [],
  prepare(context) {
    const { resources } = servicesOf(context)
    const handle = dataAs(context, inputAt(context, 0), 'int32')
    return () => resources.assign(handle[0]!, inputAt(context, 1))
  },
}
