import type { OperatorRule } from '../rule.ts'

/** TILE: moves bytes. */
export const tile: OperatorRule = {
  kind: 'TILE',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: () => 3,
  int16: { version: () => 1 },
  runtimes: { 1: '1.10.1', 3: '2.8.0' },
}
