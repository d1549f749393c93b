import type { OperatorRule } from '../rule.ts'

/** SPLIT: moves bytes. */
export const split: OperatorRule = {
  kind: 'SPLIT',
  activations: [1],
  output: { kind: 'same-as-input' },
  version: () => 2,
  runtimes: { 1: '1.5.0', 2: '1.14.0' },
}
