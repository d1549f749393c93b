import type { OperatorContext, Step } from '../operator.ts'
import { outputAt } from '../shared/operands.ts'
import { lstmOperands, oneDirection } from './lstm-operands.ts'
import { recurrentSupports } from './operands.ts'
import { prepareLstmInteger } from './prepare-integer-lstm.ts'
import { prepareLstmFloat32 } from './prepare-lstm.ts'
import type { LstmOptions } from './prepare-lstm.ts'

/** The combinations of types that LSTMs of one direction run in. */
export const lstmSupports = [...recurrentSupports, 'int8 with int16 cells'] as const

/** An LSTM of one direction, in the arithmetic that the type of its input asks for. */
export function prepareLstm(context: OperatorContext, options: LstmOptions): Step {
  const operands = lstmOperands(context, oneDirection)
  return operands.input.type === 'int8'
    ? prepareLstmInteger(context, operands, options)
    : prepareLstmFloat32(context, operands, options, {
        ...{ backwards: false, output: outputAt(context), offset: 0 },
      })
}
