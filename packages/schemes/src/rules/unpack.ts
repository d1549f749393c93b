import type { OperatorRule } from '../rule.ts'

/** UNPACK: moves bytes. */
export const unpack: OperatorRule = {
  kind: 'UNPACK',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: () => 2,
  int16: { version: () => 4 },
  runtimes: { 1: '1.11.0', 2: '1.14.0', 4: '2.3.0' },
}
