import { servicesOf } from '../control/subgraph-outputs.ts'
import { setTensor } from '../dynamic/set-tensor.ts'
import type { OperatorImplementation } from '../operator.ts'
import { dataAs, inputAt, outputAt } from '../shared/operands.ts'

/** READ_VARIABLE: a copy of the value of a variable, which has the shape that the model states. */
export const readVariable: OperatorImplementation<'READ_VARIABLE'> = {
  kind: 'READ_VARIABLE',
  supports: ['any type'],
  effects: true,
  sizesOutputs: true,
  outputShapes: (context) => [outputAt(context).shape],
  prepare(context) {
    const { resources } = servicesOf(context)
    const handle = dataAs(context, inputAt(context, 0), 'int32')
    return () => setTensor(outputAt(context), resources.read(handle[0]!))
  },
}
