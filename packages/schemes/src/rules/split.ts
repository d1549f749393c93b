import type { OperatorRule } from '../rule.ts'

/** SPLIT: moves bytes. */
export const split: OperatorRule = {
  kind: 'SPLIT',
  activations: [1],
  output: { kind: 'same-as-input' },
  version: () => 2,
  int16: { version: () => 4 },
  runtimes: { 1: '1.5.0', 2: '1.14.0', 4: '2.3.0' },
}
