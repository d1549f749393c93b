import type { QuantizationParameters } from '@quantrx/core'
import type { Rounding } from './treatment.ts'

/** Type of the inputs and outputs of a quantized model. */
export type InputOutputType = 'float32' | 'int8' | 'uint8' | 'int16'

/** How a tensor is to be stored where an operator uses it. */
export interface StoredParameters extends QuantizationParameters {
  /** int4 is packed two to a byte, the lower half first; float16 has no scales. */
  readonly type: 'int4' | 'int8' | 'int16' | 'int32' | 'int64' | 'float16'
  /** True for weights: symmetric, without the lowest integer, as everything with more than one scale is. */
  readonly narrow?: boolean
  /** Blockwise: this many elements of the innermost dimension share a scale, and the scales stand in row-major order. */
  readonly blockSize?: number
  /** How weights are rounded; to the nearest integer where nothing is said. */
  readonly rounding?: Rounding
  /** True for a constant that the operator reads as float32, through a DEQUANTIZE in front of it. */
  readonly dequantized?: boolean
}

/** What becomes of one operator. `null` stands for an operand that stays as it is. */
export interface OperatorPlan {
  /** Position in the subgraph. */
  readonly index: number
  readonly inputs: readonly (StoredParameters | null)[]
  readonly outputs: readonly (StoredParameters | null)[]
  /** Of values inside the operator, where its integer form has intermediate tensors. */
  readonly intermediates?: readonly StoredParameters[]
  /** Version that the operator needs then; absent where it does not change. */
  readonly version?: number
  /** Options that change. */
  readonly options?: Readonly<Record<string, boolean | string>>
  /** Why an operator with float operands stays float. */
  readonly floatReason?: string
}

/** What becomes of one subgraph. */
export interface SubgraphPlan {
  readonly subgraph: number
  readonly operators: readonly OperatorPlan[]
  /** Parameters of the float graph inputs and outputs by tensor index, for integer inputs and outputs. */
  readonly boundary: Readonly<Record<number, StoredParameters>>
}

/** What becomes of a model: which tensor gets which parameters. Plain data, made by a scheme, carried out by `rewrite`. */
export interface Plan {
  readonly scheme: string
  readonly io: InputOutputType
  readonly subgraphs: readonly SubgraphPlan[]
}

/** True for an operator that the plan changes. */
export function changes({ inputs, outputs, version }: OperatorPlan): boolean {
  return version !== undefined || [...inputs, ...outputs].some((operand) => operand !== null)
}
