import type { HybridOnlyRule } from '../hybrid-rule.ts'

/** RNN: weights of inputs and of outputs. */
export const rnn: HybridOnlyRule = {
  kind: 'RNN',
  operands: [1, 2],
  version: 3,
  options: { asymmetricQuantizeInputs: true },
}
