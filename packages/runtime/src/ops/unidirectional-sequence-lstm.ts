import type { OperatorImplementation } from '../operator.ts'
import { lstmOperands, oneDirection } from '../recurrent/lstm-operands.ts'
import { recurrentSupports } from '../recurrent/operands.ts'
import { lstmShapes, prepareLstmFloat32 } from '../recurrent/prepare-lstm.ts'
import { outputAt } from '../shared/operands.ts'

/** UNIDIRECTIONAL_SEQUENCE_LSTM, with coupled gates, peepholes, projection and normalization where it has them. */
export const unidirectionalSequenceLstm: OperatorImplementation<'UNIDIRECTIONAL_SEQUENCE_LSTM'> = {
  kind: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
  supports: recurrentSupports,
  outputShapes: (context) => lstmShapes(lstmOperands(context, oneDirection)),
  prepare: (context) =>
    prepareLstmFloat32(context, lstmOperands(context, oneDirection), context.options, {
      ...{ backwards: false, output: outputAt(context), offset: 0 },
    }),
}
