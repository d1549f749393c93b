import type { OperatorRule } from '../rule.ts'

/** PAD: fills with the zero point. */
export const pad: OperatorRule = {
  kind: 'PAD',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: () => 2,
  runtimes: { 1: '1.5.0', 2: '1.14.0' },
}
