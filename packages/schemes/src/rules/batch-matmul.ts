import type { OperatorRule } from '../rule.ts'

/** BATCH_MATMUL: both operands have ranges of their own, constant ones too. */
export const batchMatmul: OperatorRule = {
  kind: 'BATCH_MATMUL',
  activations: 'all',
  output: { kind: 'calibrated' },
  version: () => 2,
  int16: { version: () => 3 },
  runtimes: { 1: '2.3.0', 2: '2.3.0', 3: '2.4.0' },
}
