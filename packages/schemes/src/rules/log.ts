import type { OperatorRule } from '../rule.ts'

/** LOG: a table of 256 entries. */
export const log: OperatorRule = {
  kind: 'LOG',
  activations: [0],
  output: { kind: 'calibrated' },
  version: () => 2,
  int16: { version: () => 2 },
  runtimes: { 1: '1.14.0', 2: '2.15.0' },
}
