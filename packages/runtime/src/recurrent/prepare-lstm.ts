import type { Shape } from '@quantrx/core'
import { lstmFloat32, multiplicand, recurrentActivation } from '@quantrx/kernels'
import type { LstmFloat32Parameters, LstmGate, LstmProjection, Multiplicand } from '@quantrx/kernels'
import type { OperatorContext, RuntimeTensor, Step } from '../operator.ts'
import { dataAs } from '../shared/operands.ts'
import type { GateOperands, LstmOperands } from './lstm-operands.ts'
import {
  multiplierOf,
  realVector,
  realVectorOrZeros,
  sequenceOf,
  shaped,
  stateOf,
  vectorsLike,
} from './operands.ts'

/** What the options of every LSTM say. */
export interface LstmOptions {
  readonly fusedActivationFunction: string
  readonly cellClip: number
  readonly projClip: number
  readonly timeMajor: boolean
  readonly asymmetricQuantizeInputs: boolean
}

/** Which way one direction goes, and where its outputs lie. */
export interface LstmDirection {
  readonly backwards: boolean
  readonly output: RuntimeTensor
  /** Where outputs begin in the vectors of the output. */
  readonly offset: number
  /** Is shown values inside the operator. */
  readonly observe?: LstmFloat32Parameters['observe']
}

/** Sizes of an LSTM. */
export interface LstmSizes {
  /** Length of the vectors that go in. */
  readonly inputs: number
  readonly cells: number
  readonly outputs: number
}

/** Sizes that follow from the weights of the output gate, the one that every LSTM has. */
export function lstmSizes({ gates: { output } }: LstmOperands): LstmSizes {
  const [cells = 0, inputs = 0] = output.weights.shape
  const [rows = 0, columns = rows] = output.recurrentWeights.shape
  return { inputs, cells, outputs: columns }
}

/** The shape of what one direction puts out. */
export const lstmShapes = (operands: LstmOperands): readonly Shape[] => [
  vectorsLike(operands.input, lstmSizes(operands).outputs),
]

/** One direction of an LSTM with float32 activations; its matrices may be int8. */
export function prepareLstmFloat32(
  context: OperatorContext,
  operands: LstmOperands,
  options: LstmOptions,
  { backwards, output, offset, observe }: LstmDirection,
): Step {
  const { inputs, cells, outputs } = lstmSizes(operands)
  const sequence = { ...sequenceOf(context, operands.input, options.timeMajor), backwards }
  const quantization = options.asymmetricQuantizeInputs ? 'asymmetric' : 'symmetric'
  const vectors = [operands.input, operands.auxiliaryInput].flatMap((tensor) => {
    if (tensor === undefined) return []
    const length = tensor === operands.input ? inputs : (tensor.shape.at(-1) ?? 0)
    shaped(context, tensor, vectorsLike(operands.input, length))
    return [{ length, vector: multiplicand(length, quantization) }]
  })
  const previous = multiplicand(outputs, quantization)
  const gate = (gateOperands: GateOperands): LstmGate =>
    lstmGate(context, gateOperands, cells, [...vectors, { length: outputs, vector: previous }])
  const { input, forget, cell, output: shown } = operands.gates
  const stride = output.shape.at(-1) ?? 0
  shaped(context, output, vectorsLike(operands.input, Math.max(stride, offset + outputs)))
  const projection = lstmProjection(context, operands, options, multiplicand(cells, quantization))
  const parameters: LstmFloat32Parameters = {
    ...{ sequence, cells, outputs, inputs: vectors, previous },
    gates: {
      ...(input === undefined ? {} : { input: gate(input) }),
      ...{ forget: gate(forget), cell: gate(cell), output: gate(shown) },
    },
    activate: recurrentActivation(options.fusedActivationFunction),
    cellClip: options.cellClip,
    ...(projection === undefined ? {} : { projection }),
    outputAt: { stride, offset },
    ...(observe === undefined ? {} : { observe }),
  }
  const run = lstmFloat32(parameters)
  const tensors = {
    inputs: [operands.input, operands.auxiliaryInput].flatMap((tensor) =>
      tensor === undefined ? [] : [dataAs(context, tensor, 'float32')],
    ),
    output: dataAs(context, output, 'float32'),
    outputState: dataAs(
      context,
      stateOf(context, operands.outputState, sequence.batches * outputs),
      'float32',
    ),
    cellState: dataAs(context, stateOf(context, operands.cellState, sequence.batches * cells), 'float32'),
  }
  return () => run(tensors)
}

interface Vector {
  readonly length: number
  readonly vector: Multiplicand
}

/** A gate that multiplies the vectors of a step, the output of the step before last. */
function lstmGate(
  context: OperatorContext,
  { weights, auxiliaryWeights, recurrentWeights, ...vectors }: GateOperands,
  cells: number,
  steps: readonly Vector[],
): LstmGate {
  const matrices = [weights, ...(auxiliaryWeights === undefined ? [] : [auxiliaryWeights]), recurrentWeights]
  const products = matrices.map((matrix, at) => {
    const { length, vector } = at === matrices.length - 1 ? steps.at(-1)! : steps[at]!
    return vector.times(multiplierOf(context, matrix, cells, length))
  })
  const { bias, peephole, normalization } = vectors
  return {
    products,
    bias: realVector(context, bias, cells),
    ...(peephole === undefined ? {} : { peephole: realVector(context, peephole, cells) }),
    ...(normalization === undefined ? {} : { normalization: realVector(context, normalization, cells) }),
  }
}

function lstmProjection(
  context: OperatorContext,
  operands: LstmOperands,
  { projClip: clip }: LstmOptions,
  hidden: Multiplicand,
): LstmProjection | undefined {
  const { cells, outputs } = lstmSizes(operands)
  const { projectionWeights: weights, projectionBias } = operands
  if (weights === undefined) return undefined
  const products = hidden.times(multiplierOf(context, weights, outputs, cells))
  return { hidden, products, bias: realVectorOrZeros(context, projectionBias, outputs), clip }
}
