import { positions } from '../hybrid-rule.ts'
import type { HybridOnlyRule } from '../hybrid-rule.ts'

/** UNIDIRECTIONAL_SEQUENCE_LSTM: weights of inputs, of outputs and of cells, and the projection. */
export const unidirectionalSequenceLstm: HybridOnlyRule = {
  kind: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
  operands: [...positions(1, 11), 16],
  version: 3,
  options: { asymmetricQuantizeInputs: true },
}
