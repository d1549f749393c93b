import type { OperatorRule } from '../rule.ts'

/** SUM: the kernel rescales. */
export const sum: OperatorRule = {
  kind: 'SUM',
  activations: [0],
  output: { kind: 'calibrated' },
  version: () => 2,
  int16: { version: () => 2 },
  runtimes: { 1: '1.10.0', 2: '1.15.0' },
}
