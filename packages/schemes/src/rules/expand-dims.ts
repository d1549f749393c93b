import type { OperatorRule } from '../rule.ts'

/** EXPAND_DIMS: moves bytes. */
export const expandDims: OperatorRule = {
  kind: 'EXPAND_DIMS',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: () => 1,
  int16: { version: () => 1 },
  runtimes: { 1: '1.10.0' },
}
