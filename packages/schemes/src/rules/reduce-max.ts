import type { OperatorRule } from '../rule.ts'

/** REDUCE_MAX: compares stored values. */
export const reduceMax: OperatorRule = {
  kind: 'REDUCE_MAX',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: () => 2,
  int16: { version: () => 3 },
  runtimes: { 1: '1.11.0', 2: '1.14.0', 3: '2.5.0' },
}
