import type { OperatorRule } from '../rule.ts'

/** RELU6: the kernel rescales. */
export const relu6: OperatorRule = {
  kind: 'RELU6',
  activations: [0],
  output: { kind: 'calibrated' },
  version: () => 2,
  int16: { version: () => 3 },
  runtimes: { 1: '1.5.0', 2: '1.14.0', 3: '2.5.0' },
}
