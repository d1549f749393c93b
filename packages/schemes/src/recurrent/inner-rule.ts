import type { Range } from '@quantrx/core'
import type { Operator } from '@quantrx/tflite'
import type { TensorParameters } from '../parameters/activation.ts'
import type { GraphView } from '../plan/graph-view.ts'
import type { StoredParameters } from '../plan/plan.ts'

/** What is known of a recurrent operator when its matrices, states and inner values are quantized. */
export interface InnerFacts {
  readonly graph: GraphView
  readonly operator: Operator
  /** Position of the operator. */
  readonly index: number
  readonly input: TensorParameters
  readonly output: TensorParameters
  /** Calibrated range of a tensor, or of a value inside an operator; undefined where the calibration knows none. */
  rangeOf(index: number): Range | undefined
}

/** How everything in a recurrent operator but its input and output is stored, or why it stays float. */
export type InnerParameters =
  | {
      readonly kind: 'integer'
      /** By the position of the operand. */
      readonly operands: Readonly<Record<number, StoredParameters>>
      readonly intermediates?: readonly StoredParameters[]
    }
  | { readonly kind: 'float'; readonly reason: string }

/** Quantizes what is inside a recurrent operator. */
export type InnerRule = (facts: InnerFacts) => InnerParameters

/** Why a recurrent operator stays float that a calibration of an older release, or one with open shapes, knows too little of. */
export const notCalibrated: InnerParameters = {
  kind: 'float',
  reason: 'values inside it were not calibrated',
}

/**
 * Why an operator stays float: operands that are to be stored as integers are not constant or not finite, or a state is not its
 * own.
 */
export function innerObstacle(
  { graph, operator: { inputs = [] } }: InnerFacts,
  constants: readonly number[],
  states: readonly number[],
): string | undefined {
  const values = constants.map((at) => graph.floatConstant(inputs[at] ?? -1))
  if (values.includes(undefined)) return 'its weights are not float32 constants'
  if (!values.every((each) => each?.every(Number.isFinite))) return 'its weights are not all finite'
  const shared = states.some(
    (at) =>
      graph.tensor(inputs[at] ?? -1)?.isVariable !== true || graph.consumersOf(inputs[at]!).length !== 1,
  )
  return shared ? 'its states are not variables of its own' : undefined
}
