import { servicesOf } from '../control/subgraph-outputs.ts'
import type { OperatorImplementation } from '../operator.ts'
import { dataAs, outputAt } from '../shared/operands.ts'

/** VAR_HANDLE: the number by which a program knows a variable. */
export const varHandle: OperatorImplementation<'VAR_HANDLE'> = {
  kind: 'VAR_HANDLE',
  supports: ['any variable'],
  effects: true,
  outputShapes: () => [[]],
  prepare(context) {
    const { container = '', sharedName = '' } = context.options
    const handle = servicesOf(context).resources.handle(`${container}/${sharedName}`)
    const to = dataAs(context, outputAt(context), 'int32')
    return () => to.fill(handle)
  },
}
