import type { Shape } from '@quantrx/core'
import type { BuiltinOperator, Operator } from '@quantrx/tflite'
import type { TensorParameters } from './parameters/asymmetric.ts'

/**
 * Where the parameters of an integer operator's output come from: its calibrated range; its input, which it must equal;
 * its output's range imposed on all inputs; or a range that the operator always has.
 */
export type OutputRule =
  | { readonly kind: 'calibrated' }
  | { readonly kind: 'same-as-input' }
  | { readonly kind: 'inputs-same-as-output' }
  | { readonly kind: 'fixed'; readonly parameters: TensorParameters }
  /** The output holds no real numbers, as that of a comparison. */
  | { readonly kind: 'unquantized' }

/** Operands of an operator that multiplies its input with weights. */
export interface WeightsRule {
  readonly operand: number
  /** Dimension of the output channels in the weights. */
  readonly channelAxis: number
  readonly biasOperand: number
}

/** Facts about one operator of the model that decide its version. */
export interface VersionFacts {
  readonly operator: Operator
  /** Shapes of all operands; empty for one that is left out. */
  readonly inputShapes: readonly Shape[]
  /** Scales of the activations, inputs first, then outputs. */
  readonly inputScales: readonly number[]
  readonly outputScale: number
  readonly hasBias: boolean
}

/** How an operator with weights keeps float activations (dynamic range, spec section 9). */
export interface HybridRule {
  readonly version: number
  /** Options that the hybrid kernel wants. */
  readonly options?: Readonly<Record<string, boolean>>
}

/**
 * What becomes of one kind of operator when a model is quantized; one file of `rules/` each. Follows spec section 5,
 * TensorFlow Lite's own table.
 */
export interface OperatorRule {
  readonly kind: BuiltinOperator
  /** Operands that are activations; all others are weights, biases, shapes and axes. */
  readonly activations: 'all' | readonly number[]
  readonly output: OutputRule
  /** Outputs that are activations; all by default. Others, such as positions, are integers already. */
  readonly activationOutputs?: readonly number[]
  readonly weights?: WeightsRule
  /** Constant operands that become symmetric int8, one scale for all, as the slopes of a PRELU. */
  readonly coefficients?: readonly number[]
  /** Fused activations that the integer kernel has; absent for operators without the option. */
  readonly fusedActivations?: readonly string[]
  /** Output scales below this are beyond the kernel's arithmetic; the output range is widened to it. */
  smallestOutputScale?(inputScales: readonly number[]): number
  /** The integer kernel works with input scales below this only; with others the operator stays float. */
  readonly inputScalesBelow?: number
  /** Version of the integer operator. */
  version(facts: VersionFacts): number
  readonly hybrid?: HybridRule
  /** First runtime that knows a version of the operator. */
  readonly runtimes: Readonly<Record<number, string>>
}

/** Fused activations of integer kernels. */
export const integerActivations = ['NONE', 'RELU', 'RELU_N1_TO_1', 'RELU6'] as const
