import type { OperatorRule } from '../rule.ts'

/** MIRROR_PAD: moves bytes. */
export const mirrorPad: OperatorRule = {
  kind: 'MIRROR_PAD',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: () => 2,
  int16: { version: () => 3 },
  runtimes: { 1: '1.13.1', 2: '2.3.0', 3: '2.12.0' },
}
