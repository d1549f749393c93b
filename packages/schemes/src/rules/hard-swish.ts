import type { OperatorRule } from '../rule.ts'

/** HARD_SWISH: the kernel rescales. */
export const hardSwish: OperatorRule = {
  kind: 'HARD_SWISH',
  activations: [0],
  output: { kind: 'calibrated' },
  // The kernel refines its input to 16 bits and cannot scale up from there (spec 7.9).
  smallestOutputScale: ([inputScale = 0]) => inputScale / 128,
  version: () => 1,
  runtimes: { 1: '1.15.0' },
}
