import type { OperatorRule } from '../rule.ts'

/** RELU_N1_TO_1: the kernel rescales. */
export const reluN1To1: OperatorRule = {
  kind: 'RELU_N1_TO_1',
  activations: [0],
  output: { kind: 'calibrated' },
  version: () => 1,
  runtimes: { 1: '1.5.0' },
}
