import type { OperatorRule } from '../rule.ts'

/** RELU: the kernel rescales. */
export const relu: OperatorRule = {
  kind: 'RELU',
  activations: [0],
  output: { kind: 'calibrated' },
  version: () => 2,
  int16: { version: () => 3 },
  runtimes: { 1: '1.5.0', 2: '2.1.0', 3: '2.5.0' },
}
