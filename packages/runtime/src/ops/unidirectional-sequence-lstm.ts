import type { OperatorImplementation } from '../operator.ts'
import { lstmOperands, oneDirection } from '../recurrent/lstm-operands.ts'
import { observeLstm } from '../recurrent/observe-lstm.ts'
import { lstmSupports, prepareLstm } from '../recurrent/prepare-one-direction.ts'
import { lstmShapes } from '../recurrent/prepare-lstm.ts'

/** UNIDIRECTIONAL_SEQUENCE_LSTM, with coupled gates, peepholes, projection and normalization where it has them. */
export const unidirectionalSequenceLstm: OperatorImplementation<'UNIDIRECTIONAL_SEQUENCE_LSTM'> = {
  kind: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
  supports: lstmSupports,
  outputShapes: (context) => lstmShapes(lstmOperands(context, oneDirection)),
  prepare: (context) => prepareLstm(context, context.options),
  observe: (context) => observeLstm(context, context.options),
}
