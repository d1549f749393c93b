import { positions } from '../hybrid-rule.ts'
import type { HybridOnlyRule } from '../hybrid-rule.ts'

/** BIDIRECTIONAL_SEQUENCE_LSTM: the same weights in both directions, and those of an auxiliary input. */
export const bidirectionalSequenceLstm: HybridOnlyRule = {
  kind: 'BIDIRECTIONAL_SEQUENCE_LSTM',
  operands: [...positions(1, 11), 16, ...positions(18, 28), 33, ...positions(40, 47)],
  version: 3,
  options: { asymmetricQuantizeInputs: true },
}
