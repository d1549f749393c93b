import type { OperatorImplementation } from '../operator.ts'
import { recurrentSupports, vectorsLike } from '../recurrent/operands.ts'
import { prepareRecurrent, recurrentOperandsAt } from '../recurrent/prepare-rnn.ts'
import { inputAt, outputAt } from '../shared/operands.ts'

/** UNIDIRECTIONAL_SEQUENCE_RNN: a simple recurrent network over sequences. */
export const unidirectionalSequenceRnn: OperatorImplementation<'UNIDIRECTIONAL_SEQUENCE_RNN'> = {
  kind: 'UNIDIRECTIONAL_SEQUENCE_RNN',
  supports: recurrentSupports,
  outputShapes: (context) => [vectorsLike(inputAt(context, 0), inputAt(context, 1).shape[0] ?? 0)],
  prepare: (context) =>
    prepareRecurrent(
      context,
      { ...recurrentOperandsAt(context, 1), input: inputAt(context, 0), output: outputAt(context) },
      context.options,
    ),
}
