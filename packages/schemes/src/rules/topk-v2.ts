import type { OperatorRule } from '../rule.ts'

/** TOPK_V2: compares and moves stored values; positions are not quantized. */
export const topkV2: OperatorRule = {
  kind: 'TOPK_V2',
  activations: [0],
  output: { kind: 'same-as-input' },
  activationOutputs: [0],
  version: () => 2,
  int16: { version: () => 3 },
  runtimes: { 1: '1.7.0', 2: '1.14.0', 3: '2.13.0' },
}
