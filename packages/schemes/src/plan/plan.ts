import type { QuantizationParameters } from '@quantrx/core'

/** Type of the inputs and outputs of a quantized model. */
export type InputOutputType = 'float32' | 'int8' | 'uint8'

/** How a tensor is to be stored where an operator uses it. */
export interface StoredParameters extends QuantizationParameters {
  readonly type: 'int8' | 'int32'
  /** True for weights: symmetric, from -127 to 127, as everything with more than one scale is. */
  readonly narrow?: boolean
}

/** What becomes of one operator. `null` stands for an operand that stays as it is. */
export interface OperatorPlan {
  /** Position in the subgraph. */
  readonly index: number
  readonly inputs: readonly (StoredParameters | null)[]
  readonly outputs: readonly (StoredParameters | null)[]
  /** Version that the operator needs then; absent where it does not change. */
  readonly version?: number
  /** Options that change. */
  readonly options?: Readonly<Record<string, boolean>>
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
