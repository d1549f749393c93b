import { positions } from '../hybrid-rule.ts'
import type { HybridOnlyRule } from '../hybrid-rule.ts'

/** LSTM: weights of inputs, of outputs and of cells, and the projection. */
export const lstm: HybridOnlyRule = {
  kind: 'LSTM',
  operands: [...positions(1, 11), 16],
  version: 4,
  options: { asymmetricQuantizeInputs: true },
}
