import type { OperatorRule } from '../rule.ts'

/** L2_NORMALIZATION: the output always ranges from -1 to 1. */
export const l2Normalization: OperatorRule = {
  kind: 'L2_NORMALIZATION',
  activations: [0],
  output: { kind: 'fixed', parameters: { scale: 1 / 128, zeroPoint: 0 } },
  fusedActivations: ['NONE'],
  version: () => 2,
  runtimes: { 1: '1.5.0', 2: '1.14.0' },
}
