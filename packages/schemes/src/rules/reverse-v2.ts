import type { OperatorRule } from '../rule.ts'

/** REVERSE_V2: moves bytes. */
export const reverseV2: OperatorRule = {
  kind: 'REVERSE_V2',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: () => 3,
  int16: { version: () => 1 },
  runtimes: { 1: '1.14.0', 3: '2.5.0' },
}
