import { integerActivations } from '../rule.ts'
import type { OperatorRule } from '../rule.ts'

/** TRANSPOSE_CONV: weights `[outputChannels, height, width, depth]`, per channel along the first dimension. */
export const transposeConv: OperatorRule = {
  kind: 'TRANSPOSE_CONV',
  activations: [2],
  output: { kind: 'calibrated' },
  weights: { operand: 1, channelAxis: 0, biasOperand: 3 },
  fusedActivations: integerActivations,
  version({ operator: { builtinOptions }, hasBias }) {
    const fused = builtinOptions?.kind === 'TransposeConvOptions' && builtinOptions.fusedActivationFunction
    if (fused && fused !== 'NONE') return 4
    return hasBias ? 3 : 2
  },
  int16: {
    // Bias and sums in int64: int32 may overflow.
    options: { quantizedBiasType: 'INT64' },
    version: () => 5,
  },
  // The version of the float operator, as TensorFlow's converter writes it.
  hybrid: { version: 1 },
  runtimes: { 1: '1.9.0', 2: '2.2.0', 3: '2.3.0', 4: '2.13.0', 5: '2.15.0' },
}
