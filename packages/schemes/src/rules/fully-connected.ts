import { integerActivations } from '../rule.ts'
import type { OperatorRule } from '../rule.ts'

/** FULLY_CONNECTED: weights `[units, depth]`, per channel along the first dimension. */
export const fullyConnected: OperatorRule = {
  kind: 'FULLY_CONNECTED',
  activations: [0],
  output: { kind: 'calibrated' },
  weights: { operand: 1, channelAxis: 0, biasOperand: 2, int4Versions: { int8: 10, int16: 13, float32: 12 } },
  fusedActivations: integerActivations,
  version({ operator, hasBias }) {
    const { builtinOptions } = operator
    if (!hasBias) return 6
    return builtinOptions?.kind === 'FullyConnectedOptions' && builtinOptions.keepNumDims ? 5 : 4
  },
  int16: {
    // Bias and sums in int64: int32 may overflow.
    options: { quantizedBiasType: 'INT64' },
    version: () => 11,
  },
  hybrid: { version: 12, blockwise: true, options: { asymmetricQuantizeInputs: true } },
  runtimes: {
    1: '1.5.0',
    2: '1.10.0',
    4: '1.14.0',
    5: '2.0.0',
    6: '2.1.0',
    9: '2.3.0',
    10: '2.11.0',
    11: '2.15.0',
    12: '2.17.0',
    13: '2.18.0',
  },
}
