import type { GateName } from '@quantrx/kernels'
import { UnsupportedError } from '@quantrx/core'
import type { OperatorContext, RuntimeTensor } from '../operator.ts'
import { inputAt } from '../shared/operands.ts'

/** Operands of a gate. */
export interface GateOperands {
  readonly weights: RuntimeTensor
  readonly recurrentWeights: RuntimeTensor
  readonly auxiliaryWeights: RuntimeTensor | undefined
  readonly peephole: RuntimeTensor | undefined
  readonly bias: RuntimeTensor
  readonly normalization: RuntimeTensor | undefined
}

/** Operands of one direction of an LSTM. */
export interface LstmOperands {
  readonly input: RuntimeTensor
  readonly auxiliaryInput: RuntimeTensor | undefined
  /** Without the input gate where that is coupled with the forget gate. */
  readonly gates: { readonly input?: GateOperands } & Readonly<
    Record<Exclude<GateName, 'input'>, GateOperands>
  >
  readonly projectionWeights: RuntimeTensor | undefined
  readonly projectionBias: RuntimeTensor | undefined
  readonly outputState: RuntimeTensor
  readonly cellState: RuntimeTensor
}

/** Where the operands of one direction stand among the inputs of an operator. */
export interface LstmPositions {
  /** How far weights and biases stand behind their places in the operator of one direction. */
  readonly shift: number
  readonly outputState: number
  readonly cellState: number
  readonly auxiliaryInput?: number
  /** Weights of the auxiliary input for the input gate; those of the others follow. */
  readonly auxiliaryWeights?: number
  /** Factors of the input gate's normalized sums; those of the others follow. */
  readonly normalization?: number
}

/** The operands of LSTM and UNIDIRECTIONAL_SEQUENCE_LSTM. */
export const oneDirection: LstmPositions = { shift: 0, outputState: 18, cellState: 19, normalization: 20 }

/** In the order in which a file has the operands of gates. */
const gateOrder: readonly GateName[] = ['input', 'forget', 'cell', 'output']
const [firstWeights, firstRecurrentWeights, firstBias, projectionAt] = [1, 5, 12, 16]
const peepholeAt: Partial<Record<GateName, number>> = { input: 9, forget: 10, output: 11 }

/**
 * The operands of one direction.
 *
 * @throws UnsupportedError for the basic form of LSTM, which has 5 inputs.
 * @throws ShapeError when an input that every LSTM needs is missing.
 */
export function lstmOperands(context: OperatorContext, positions: LstmPositions): LstmOperands {
  if (context.inputs.length < 20) throw basicForm(context)
  const { shift, auxiliaryInput, auxiliaryWeights, normalization } = positions
  const optional = (at: number | undefined): RuntimeTensor | undefined =>
    at === undefined ? undefined : context.inputs[at]
  const gateOf = (name: GateName): GateOperands => {
    const gate = gateOrder.indexOf(name)
    const peephole = peepholeAt[name]
    return {
      weights: inputAt(context, firstWeights + shift + gate),
      recurrentWeights: inputAt(context, firstRecurrentWeights + shift + gate),
      auxiliaryWeights: optional(auxiliaryWeights === undefined ? undefined : auxiliaryWeights + gate),
      peephole: optional(peephole === undefined ? undefined : peephole + shift),
      bias: inputAt(context, firstBias + shift + gate),
      normalization: optional(normalization === undefined ? undefined : normalization + gate),
    }
  }
  const coupled = optional(firstWeights + shift) === undefined
  return {
    input: inputAt(context, 0),
    auxiliaryInput: optional(auxiliaryInput),
    gates: {
      ...(coupled ? {} : { input: gateOf('input') }),
      ...{ forget: gateOf('forget'), cell: gateOf('cell'), output: gateOf('output') },
    },
    projectionWeights: optional(projectionAt + shift),
    projectionBias: optional(projectionAt + shift + 1),
    outputState: inputAt(context, positions.outputState),
    cellState: inputAt(context, positions.cellState),
  }
}

function basicForm({ kind, inputs }: OperatorContext): UnsupportedError {
  return new UnsupportedError({
    stage: 'runtime',
    subject: kind,
    found: `the basic form with ${inputs.length} inputs`,
    expected: 'the full form with 20 or 24 inputs',
    nextStep: 'Convert the model again with a current version of TensorFlow',
  })
}
