import type { OperatorRule } from '../rule.ts'

/** FILL: repeats a stored value. */
export const fill: OperatorRule = {
  kind: 'FILL',
  activations: [1],
  output: { kind: 'same-as-input' },
  version: () => 3,
  int16: { version: () => 3 },
  runtimes: { 1: '1.13.0', 3: '2.5.0' },
}
