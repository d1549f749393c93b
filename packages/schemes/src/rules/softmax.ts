import type { OperatorRule } from '../rule.ts'

/** SOFTMAX: the output always ranges from 0 to 1. */
export const softmax: OperatorRule = {
  kind: 'SOFTMAX',
  activations: [0],
  output: { kind: 'fixed', parameters: { scale: 1 / 256, zeroPoint: -128 } },
  version: () => 2,
  runtimes: { 1: '1.5.0', 2: '1.14.0' },
}
