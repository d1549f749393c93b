import type { OperatorRule } from '../rule.ts'

/** LOG_SOFTMAX: the output always ranges from -16 to 0. */
export const logSoftmax: OperatorRule = {
  kind: 'LOG_SOFTMAX',
  activations: [0],
  output: { kind: 'fixed', parameters: { scale: 16 / 256, zeroPoint: 127 } },
  version: () => 2,
  runtimes: { 1: '1.14.0', 2: '1.14.0' },
}
