import type { OperatorRule } from '../rule.ts'

/** BROADCAST_TO: moves bytes. */
export const broadcastTo: OperatorRule = {
  kind: 'BROADCAST_TO',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: () => 3,
  int16: { version: () => 3 },
  runtimes: { 2: '2.5.0', 3: '2.5.0' },
}
