import type { OperatorRule } from '../rule.ts'

/** GATHER_ND: moves bytes. */
export const gatherNd: OperatorRule = {
  kind: 'GATHER_ND',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: () => 1,
  int16: { version: () => 3 },
  runtimes: { 1: '1.14.0', 3: '2.5.0' },
}
