import type { OperatorRule } from '../rule.ts'

/** PRELU: the slopes are symmetric, one scale for all. */
export const prelu: OperatorRule = {
  kind: 'PRELU',
  activations: [0],
  output: { kind: 'calibrated' },
  coefficients: [1],
  version: () => 1,
  runtimes: { 1: '1.8.0' },
}
