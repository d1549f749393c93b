import type { BuiltinOperator } from '@quantrx/tflite'

/**
 * A recurrent operator that keeps float activations when its weights become int8. One file of `hybrid-rules/` each. Follows
 * spec section 9.
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
