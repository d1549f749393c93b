import { integerActivations } from '../rule.ts'
import type { OperatorRule } from '../rule.ts'

/** CONV_2D: weights `[outputChannels, height, width, depth]`, per channel along the first dimension. */
export const conv2d: OperatorRule = {
  kind: 'CONV_2D',
  activations: [0],
  output: { kind: 'calibrated' },
  weights: { operand: 1, channelAxis: 0, biasOperand: 2, int4Versions: { int8: 7 } },
  fusedActivations: integerActivations,
  // Grouped convolution, whose filter is less deep than its input, came with version 6.
  version: ({ inputShapes: [input = [], filter = []] }) => (input.at(-1) === filter.at(-1) ? 3 : 6),
  int16: {
    // Bias and sums in int64: int32 may overflow.
    options: { quantizedBiasType: 'INT64' },
    version: () => 8,
  },
  hybrid: { version: 5 },
  runtimes: { 1: '1.5.0', 2: '1.14.0', 3: '1.14.0', 5: '2.4.0', 6: '2.9.0', 7: '2.11.0', 8: '2.15.0' },
}
