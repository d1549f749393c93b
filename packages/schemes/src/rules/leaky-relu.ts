import type { OperatorRule } from '../rule.ts'

/** LEAKY_RELU: the kernel rescales. */
export const leakyRelu: OperatorRule = {
  kind: 'LEAKY_RELU',
  activations: [0],
  output: { kind: 'calibrated' },
  version: () => 1,
  int16: { version: () => 2 },
  runtimes: { 1: '1.13.1', 2: '2.3.0' },
}
