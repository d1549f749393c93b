import type { OperatorRule } from '../rule.ts'

/** GELU: a table of 256 entries. */
export const gelu: OperatorRule = {
  kind: 'GELU',
  activations: [0],
  output: { kind: 'calibrated' },
  version: () => 2,
  runtimes: { 1: '2.9.0', 2: '2.9.0' },
}
