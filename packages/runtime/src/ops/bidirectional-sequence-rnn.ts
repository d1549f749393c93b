import type { OperatorContext, OperatorImplementation } from '../operator.ts'
import { directionShapes, recurrentSupports } from '../recurrent/operands.ts'
import { prepareRecurrent, recurrentOperandsAt } from '../recurrent/prepare-rnn.ts'
import type { RecurrentOperands } from '../recurrent/prepare-rnn.ts'
import { inputAt, outputAt } from '../shared/operands.ts'

/** Where the operands of each direction begin, and where the weights of an auxiliary input stand. */
const directions = [
  { first: 1, auxiliaryWeights: 10 },
  { first: 5, auxiliaryWeights: 11 },
] as const
const auxiliaryInputAt = 9

/** BIDIRECTIONAL_SEQUENCE_RNN: two simple recurrent networks, one of which goes backwards. */
export const bidirectionalSequenceRnn: OperatorImplementation<'BIDIRECTIONAL_SEQUENCE_RNN'> = {
  kind: 'BIDIRECTIONAL_SEQUENCE_RNN',
  supports: recurrentSupports,
  outputShapes(context) {
    const lengths = directions.map(({ first }) => inputAt(context, first).shape[0] ?? 0)
    return directionShapes(inputAt(context, 0), lengths, context.options.mergeOutputs)
  },
  prepare(context) {
    const { mergeOutputs } = context.options
    const steps = directions.map((_, at) => {
      const output = outputAt(context, mergeOutputs ? 0 : at)
      const operands = { ...directionOperands(context, at), output }
      const [units = 0] = inputAt(context, directions[0].first).shape
      const offset = mergeOutputs && at === 1 ? units : 0
      return prepareRecurrent(context, operands, { ...context.options, backwards: at === 1, offset })
    })
    return () => steps.forEach((step) => step())
  },
}

/** With weights for it, the auxiliary input is a second input; without, it is what the backward direction gets instead. */
function directionOperands(context: OperatorContext, at: number): Omit<RecurrentOperands, 'output'> {
  const { first, auxiliaryWeights } = directions[at]!
  const [weights, auxiliaryInput] = [context.inputs[auxiliaryWeights], context.inputs[auxiliaryInputAt]]
  const own = recurrentOperandsAt(context, first)
  const input = inputAt(context, 0)
  if (auxiliaryInput === undefined) return { ...own, input }
  if (weights === undefined) return { ...own, input: at === 1 ? auxiliaryInput : input }
  return { ...own, input, auxiliary: { input: auxiliaryInput, weights } }
}
