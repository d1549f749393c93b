import type { OperatorRule } from '../rule.ts'

/** RESHAPE: moves bytes. */
export const reshape: OperatorRule = {
  kind: 'RESHAPE',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: () => 1,
  int16: { version: () => 1 },
  runtimes: { 1: '1.5.0' },
}
