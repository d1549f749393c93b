import type { OperatorRule } from '../rule.ts'

/** SQUEEZE: moves bytes. */
export const squeeze: OperatorRule = {
  kind: 'SQUEEZE',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: () => 1,
  int16: { version: () => 1 },
  runtimes: { 1: '1.6.0' },
}
