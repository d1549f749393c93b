import type { OperatorRule } from '../rule.ts'

/** ABS: the kernel rescales. */
export const abs: OperatorRule = {
  kind: 'ABS',
  activations: [0],
  output: { kind: 'calibrated' },
  version: () => 2,
  int16: { version: () => 3 },
  runtimes: { 1: '1.13.0', 2: '2.4.0', 3: '2.5.0' },
}
