import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { lstmOperands } from '../recurrent/lstm-operands.ts'
import type { LstmOperands, LstmPositions } from '../recurrent/lstm-operands.ts'
import { directionShapes, recurrentSupports } from '../recurrent/operands.ts'
import { lstmSizes, prepareLstmFloat32 } from '../recurrent/prepare-lstm.ts'
import { inputAt, outputAt } from '../shared/operands.ts'

const directions: readonly [LstmPositions, LstmPositions] = [
  { shift: 0, outputState: 35, cellState: 36, auxiliaryInput: 39, auxiliaryWeights: 40 },
  { shift: 17, outputState: 37, cellState: 38, auxiliaryInput: 39, auxiliaryWeights: 44 },
]

/** BIDIRECTIONAL_SEQUENCE_LSTM: two LSTMs, one of which goes backwards. */
export const bidirectionalSequenceLstm: OperatorImplementation<'BIDIRECTIONAL_SEQUENCE_LSTM'> = {
  kind: 'BIDIRECTIONAL_SEQUENCE_LSTM',
  supports: recurrentSupports,
  outputShapes(context) {
    const lengths = directions.map((positions) => lstmSizes(lstmOperands(context, positions)).outputs)
    return directionShapes(inputAt(context, 0), lengths, context.options.mergeOutputs)
  },
  prepare(context) {
    const { mergeOutputs } = context.options
    const forward = lstmOperands(context, directions[0])
    const steps = directions.map((_, at) => {
      const output = outputAt(context, mergeOutputs ? 0 : at)
      const offset = mergeOutputs && at === 1 ? lstmSizes(forward).outputs : 0
      const operands = directionOperands(context, at)
      return prepareLstmFloat32(context, operands, context.options, { backwards: at === 1, output, offset })
    })
    return () => steps.forEach((step) => step())
  },
}

/** With weights for it, the auxiliary input is a second input; without, it is what the backward direction gets instead. */
function directionOperands(context: OperatorContext, at: number): LstmOperands {
  const operands = lstmOperands(context, directions[at]!)
  const { auxiliaryInput, gates } = operands
  if (auxiliaryInput === undefined || gates.output.auxiliaryWeights !== undefined) return operands
  return { ...operands, auxiliaryInput: undefined, input: at === 1 ? auxiliaryInput : operands.input }
}
