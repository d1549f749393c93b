import { integerActivations } from '../rule.ts'
import type { OperatorRule } from '../rule.ts'

/** FULLY_CONNECTED: weights `[units, depth]`, per channel along the first dimension. */
export const fullyConnected: OperatorRule = {
  kind: 'FULLY_CONNECTED',
  activations: [0],
  output: { kind: 'calibrated' },
  weights: { operand: 1, channelAxis: 0, biasOperand: 2 },
  fusedActivations: integerActivations,
  version({ operator, hasBias }) {
    const { builtinOptions } = operator
    if (!hasBias) return 6
    return builtinOptions?.kind === 'FullyConnectedOptions' && builtinOptions.keepNumDims ? 5 : 4
  },
  hybrid: { version: 12, options: { asymmetricQuantizeInputs: true } },
  runtimes: { 1: '1.5.0', 2: '1.10.0', 4: '1.14.0', 5: '2.0.0', 6: '2.1.0', 9: '2.3.0', 12: '2.17.0' },
}
