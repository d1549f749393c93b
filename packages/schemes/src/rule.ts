import type { Shape } from '@quantrx/core'
import type { BuiltinOperator, Operator } from '@quantrx/tflite'
import type { TensorParameters } from './parameters/activation.ts'
import type { ActivationType } from './plan/treatment.ts'
import type { InnerRule } from './recurrent/inner-rule.ts'

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

/** A constant operand that is stored as symmetric integers. */
export interface StoredWeights {
  readonly operand: number
  /** Dimension of the output channels in the weights. */
  readonly channelAxis: number
  /** Versions that know int4 weights, by the type of the activations; for others weights have 8 bits. */
  readonly int4Versions?: Readonly<Partial<Record<ActivationType | 'float32', number>>>
}

/** Operands of an operator that multiplies its input with weights. */
export interface WeightsRule extends StoredWeights {
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

/** How an operator keeps float activations beside integer weights (dynamic range, spec section 9). */
export interface HybridRule {
  readonly version: number
  /** Where the integer form has no weights: what is stored as integers here, such as a table of rows. */
  readonly weights?: StoredWeights
  /** Options that the hybrid kernel wants. */
  readonly options?: Readonly<Record<string, boolean>>
  /** True for kernels that read weights with a scale for each block of the innermost dimension. */
  readonly blockwise?: boolean
}

/** What differs from int8 where activations are int16; every kind that has it has an int16 kernel. */
export interface Int16Rule extends Pick<
  OperatorRule,
  'version' | 'options' | 'smallestOutputScale' | 'inputScalesBelow'
> {
  /** Where the kernel has a range of its own; otherwise as for int8. */
  readonly output?: OutputRule
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
  /** False where the shape of the operand is all that counts. */
  readonly looksAtValues?: false
  /** Outputs that are activations; all by default. Others, such as positions, are integers already. */
  readonly activationOutputs?: readonly number[]
  readonly weights?: WeightsRule
  /** Constant operands that become symmetric int8, one scale for all, as the slopes of a PRELU. */
  readonly coefficients?: readonly number[]
  /** Everything else inside a recurrent operator: matrices, states, and values that stand in intermediate tensors. */
  readonly inner?: InnerRule
  /** Operand by which the operator divides: constants, of which none may be quantized to 0. */
  readonly divisor?: number
  /** Fused activations that the integer kernel has; absent for operators without the option. */
  readonly fusedActivations?: readonly string[]
  /** Output scales below this are beyond the kernel's arithmetic; the output range is widened to it. */
  smallestOutputScale?(inputScales: readonly number[]): number
  /**
   * True where a constant operand has the parameters of the other one, if these reach it: for comparisons, in which what is equal
   * stays equal only with equal parameters.
   */
  readonly constantsLikeOthers?: boolean
  /** The integer kernel works with input scales below this only; with others the operator stays float. */
  readonly inputScalesBelow?: number
  /** Version of the integer operator. */
  version(facts: VersionFacts): number
  /** Options that the integer kernel wants. */
  readonly options?: Readonly<Record<string, boolean | string>>
  /** The operator with int16 activations; absent for kinds without such a kernel, which stay float in 16x8. */
  readonly int16?: Int16Rule
  readonly hybrid?: HybridRule
  /**
   * First runtime that knows a version of the operator: the table of LiteRT's `FindMinimumRuntimeVersionForOp`
   * (`tflite/converter/tools/versioning/runtime_version.cc`, commit 119ae633).
   */
  readonly runtimes: Readonly<Record<number, string>>
}

/** Fused activations of integer kernels. */
export const integerActivations = ['NONE', 'RELU', 'RELU_N1_TO_1', 'RELU6'] as const

/** What an operator can store as integers while its activations are float. */
export const storedWeightsOf = (rule: OperatorRule | undefined): StoredWeights | undefined =>
  rule?.weights ?? rule?.hybrid?.weights

/** The rule of an operator with activations of a type; undefined where it has no such kernel. */
export function ruleWith(rule: OperatorRule, activations: ActivationType): OperatorRule | undefined {
  if (activations === 'int8') return rule
  const { int16, smallestOutputScale: _scale, inputScalesBelow: _limit, ...common } = rule
  return int16 && { ...common, ...int16 }
}

/** The range of an int16 output between -1 and 1. */
export const unitInt16: OutputRule = { kind: 'fixed', parameters: { scale: 1 / 32768, zeroPoint: 0 } }
