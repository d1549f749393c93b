import type { OperatorRule } from '../rule.ts'

/** RSQRT: the kernel rescales, and refuses numbers below 0. */
export const rsqrt: OperatorRule = {
  kind: 'RSQRT',
  activations: [0],
  output: { kind: 'calibrated' },
  version: () => 2,
  runtimes: { 1: '1.10.0', 2: '2.5.0' },
}
