import type { BuiltinOperator } from '@quantrx/tflite'
import type { OperatorRule } from './rule.ts'

/** The rule of a comparison: quantized operands, and an output of booleans. */
export function comparisonRule(kind: BuiltinOperator): OperatorRule {
  return {
    kind,
    activations: 'all',
    output: { kind: 'unquantized' },
    constantsLikeOthers: true,
    // The kernel multiplies by the scales in fixed point, and TensorFlow Lite aborts at 1 (spec 7.4).
    inputScalesBelow: 1,
    version: () => 2,
    runtimes: { 1: '1.14.0', 2: '1.14.0' },
  }
}
