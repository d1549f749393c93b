import type { OperatorRule } from '../rule.ts'

/** SQRT: the kernel rescales, and refuses numbers below 0. */
export const sqrt: OperatorRule = {
  kind: 'SQRT',
  activations: [0],
  output: { kind: 'calibrated' },
  version: () => 2,
  int16: { version: () => 2 },
  runtimes: { 1: '1.10.0', 2: '2.21.0' },
}
