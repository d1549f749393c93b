import { multiplicand, recurrentActivation, recurrentFloat32 } from '@quantrx/kernels'
import type { OperatorContext, RuntimeTensor, Step } from '../operator.ts'
import { dataAs, inputAt } from '../shared/operands.ts'
import { multiplierOf, realVector, sequenceOf, shaped, stateOf, vectorsLike } from './operands.ts'

/** The tensors of one direction of a simple recurrent network. */
export interface RecurrentOperands {
  readonly input: RuntimeTensor
  readonly weights: RuntimeTensor
  readonly recurrentWeights: RuntimeTensor
  readonly bias: RuntimeTensor
  readonly state: RuntimeTensor
  readonly auxiliary?: { readonly input: RuntimeTensor; readonly weights: RuntimeTensor }
  readonly output: RuntimeTensor
}

/** What the options of every simple recurrent network say, and how one direction of it goes. */
export interface RecurrentOptions {
  readonly fusedActivationFunction: string
  readonly timeMajor: boolean
  readonly asymmetricQuantizeInputs: boolean
  readonly backwards?: boolean
  /** Where outputs begin in the vectors of the output. */
  readonly offset?: number
}

/** One direction of a simple recurrent network with float32 activations; its matrices may be int8. */
export function prepareRecurrent(
  context: OperatorContext,
  operands: RecurrentOperands,
  options: RecurrentOptions,
): Step {
  const { input, weights, recurrentWeights, bias, state, auxiliary, output } = operands
  const { backwards = false, offset = 0 } = options
  const sequence = { ...sequenceOf(context, input, options.timeMajor), backwards }
  const [units = 0] = weights.shape
  const quantization = options.asymmetricQuantizeInputs ? 'asymmetric' : 'symmetric'
  const sources = [{ input, weights }, ...(auxiliary === undefined ? [] : [auxiliary])].map((source) => {
    const length = source.input.shape.at(-1) ?? 0
    shaped(context, source.input, vectorsLike(input, length))
    return { ...source, length, vector: multiplicand(length, quantization) }
  })
  const previous = multiplicand(units, quantization)
  const stride = output.shape.at(-1) ?? 0
  shaped(context, output, vectorsLike(input, Math.max(stride, offset + units)))
  const run = recurrentFloat32({
    ...{ sequence, units, inputs: sources, previous },
    products: [
      ...sources.map(({ weights: matrix, length, vector }) =>
        vector.times(multiplierOf(context, matrix, units, length)),
      ),
      previous.times(multiplierOf(context, recurrentWeights, units, units)),
    ],
    bias: realVector(context, bias, units),
    activate: recurrentActivation(options.fusedActivationFunction),
    outputAt: { stride, offset },
  })
  const tensors = {
    inputs: sources.map((source) => dataAs(context, source.input, 'float32')),
    output: dataAs(context, output, 'float32'),
    state: dataAs(context, stateOf(context, state, sequence.batches * units), 'float32'),
  }
  return () => run(tensors)
}

/** The weights, bias and state of one direction, four inputs in a row from `first`. */
export function recurrentOperandsAt(
  context: OperatorContext,
  first: number,
): Pick<RecurrentOperands, 'weights' | 'recurrentWeights' | 'bias' | 'state'> {
  return {
    weights: inputAt(context, first),
    recurrentWeights: inputAt(context, first + 1),
    bias: inputAt(context, first + 2),
    state: inputAt(context, first + 3),
  }
}
