import { lstmInside } from '../recurrent/lstm-inside.ts'
import type { OperatorRule } from '../rule.ts'

/** LSTM: int8 inputs, outputs and matrices; cells have 16 bits. */
export const lstm: OperatorRule = {
  kind: 'LSTM',
  activations: [0],
  output: { kind: 'calibrated' },
  inner: lstmInside,
  options: { asymmetricQuantizeInputs: false },
  version: () => 2,
  runtimes: { 1: '1.7.0', 2: '1.10.0', 3: '1.14.0', 4: '2.3.0' },
}
