import type { OperatorImplementation } from '../operator.ts'
import { lstmOperands, oneDirection } from '../recurrent/lstm-operands.ts'
import { recurrentSupports } from '../recurrent/operands.ts'
import { lstmShapes, prepareLstmFloat32 } from '../recurrent/prepare-lstm.ts'
import { outputAt } from '../shared/operands.ts'

/** LSTM in its full form: one step of UNIDIRECTIONAL_SEQUENCE_LSTM in each run. */
export const lstm: OperatorImplementation<'LSTM'> = {
  kind: 'LSTM',
  supports: recurrentSupports,
  outputShapes: (context) => lstmShapes(lstmOperands(context, oneDirection)),
  prepare: (context) =>
    prepareLstmFloat32(
      context,
      lstmOperands(context, oneDirection),
      { ...context.options, timeMajor: false },
      { backwards: false, output: outputAt(context), offset: 0 },
    ),
}
