import type { OperatorRule } from '../rule.ts'

/** EXP: a table of 256 entries. */
export const exp: OperatorRule = {
  kind: 'EXP',
  activations: [0],
  output: { kind: 'calibrated' },
  version: () => 2,
  int16: { version: () => 2 },
  runtimes: { 1: '1.7.0', 2: '2.12.0' },
}
