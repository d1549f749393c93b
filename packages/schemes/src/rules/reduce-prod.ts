import type { OperatorRule } from '../rule.ts'

/** REDUCE_PROD: the kernel rescales after every factor. */
export const reduceProd: OperatorRule = {
  kind: 'REDUCE_PROD',
  activations: [0],
  output: { kind: 'calibrated' },
  version: () => 2,
  int16: { version: () => 2 },
  runtimes: { 1: '1.11.0', 2: '2.6.0' },
}
