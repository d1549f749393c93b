import type { OperatorRule } from '../rule.ts'

/** MEAN: the kernel rescales. */
export const mean: OperatorRule = {
  kind: 'MEAN',
  activations: [0],
  output: { kind: 'calibrated' },
  version: () => 2,
  int16: { version: () => 3 },
  runtimes: { 1: '1.6.0', 2: '1.14.0', 3: '2.4.0' },
}
