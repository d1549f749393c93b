import { integerActivations } from '../rule.ts'
import type { OperatorRule } from '../rule.ts'

/** DEPTHWISE_CONV_2D: weights `[1, height, width, outputChannels]`, per channel along the last dimension. */
export const depthwiseConv2d: OperatorRule = {
  kind: 'DEPTHWISE_CONV_2D',
  activations: [0],
  output: { kind: 'calibrated' },
  weights: { operand: 1, channelAxis: 3, biasOperand: 2 },
  fusedActivations: integerActivations,
  version: () => 3,
  int16: { version: () => 5 },
  hybrid: { version: 6 },
  runtimes: { 1: '1.5.0', 2: '1.12.0', 3: '1.14.0', 5: '2.3.0', 6: '2.3.0', 7: '2.11.0' },
}
