import type { HybridOnlyRule } from '../hybrid-rule.ts'

/** UNIDIRECTIONAL_SEQUENCE_RNN: weights of inputs and of outputs. */
export const unidirectionalSequenceRnn: HybridOnlyRule = {
  kind: 'UNIDIRECTIONAL_SEQUENCE_RNN',
  operands: [1, 2],
  version: 3,
  options: { asymmetricQuantizeInputs: true },
}
