import { lstmInside } from '../recurrent/lstm-inside.ts'
import type { OperatorRule } from '../rule.ts'

/** UNIDIRECTIONAL_SEQUENCE_LSTM: int8 inputs, outputs and matrices; cells have 16 bits. */
export const unidirectionalSequenceLstm: OperatorRule = {
  kind: 'UNIDIRECTIONAL_SEQUENCE_LSTM',
  activations: [0],
  output: { kind: 'calibrated' },
  inner: lstmInside,
  options: { asymmetricQuantizeInputs: false },
  version: () => 2,
  runtimes: { 1: '1.13.1', 2: '1.14.0', 3: '2.3.0', 4: '2.12.0' },
}
