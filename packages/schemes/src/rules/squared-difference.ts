import type { OperatorRule } from '../rule.ts'

/** SQUARED_DIFFERENCE: both operands and the output have ranges of their own. */
export const squaredDifference: OperatorRule = {
  kind: 'SQUARED_DIFFERENCE',
  activations: 'all',
  output: { kind: 'calibrated' },
  version: () => 2,
  runtimes: { 1: '1.13.1', 2: '2.5.0' },
}
