import type { BuiltinOperator } from '@quantrx/tflite'

/**
 * An operator that keeps float activations when its weights become int8, and has no integer form here: a recurrent one, whose
 * integer form needs ranges of values inside it. One file of `hybrid-rules/` each. Follows spec section 9.
 */
export interface HybridOnlyRule {
  readonly kind: BuiltinOperator
  /** Operands that become int8 with one scale each, where the operator has them: all of them or none. */
  readonly operands: readonly number[]
  readonly version: number
  /** Options that the hybrid kernel wants. */
  readonly options?: Readonly<Record<string, boolean>>
}

/** Positions from one to another, both included. */
export const positions = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at)
