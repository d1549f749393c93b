import type { OperatorImplementation } from '../operator.ts'
import { lstmOperands, oneDirection } from '../recurrent/lstm-operands.ts'
import { observeLstm } from '../recurrent/observe-lstm.ts'
import { lstmSupports, prepareLstm } from '../recurrent/prepare-one-direction.ts'
import { lstmShapes } from '../recurrent/prepare-lstm.ts'

/** LSTM in its full form: one step of UNIDIRECTIONAL_SEQUENCE_LSTM in each run. */
export const lstm: OperatorImplementation<'LSTM'> = {
  kind: 'LSTM',
  supports: lstmSupports,
  outputShapes: (context) => lstmShapes(lstmOperands(context, oneDirection)),
  prepare: (context) => prepareLstm(context, { ...context.options, timeMajor: false }),
  observe: (context) => observeLstm(context, { ...context.options, timeMajor: false }),
}
