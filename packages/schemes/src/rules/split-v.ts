import type { OperatorRule } from '../rule.ts'

/** SPLIT_V: moves bytes. */
export const splitV: OperatorRule = {
  kind: 'SPLIT_V',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: () => 2,
  int16: { version: () => 1 },
  runtimes: { 1: '1.13.1', 2: '2.3.0' },
}
