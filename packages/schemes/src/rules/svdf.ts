import { svdfInside } from '../recurrent/svdf-inside.ts'
import type { OperatorRule } from '../rule.ts'

/** SVDF: int8 inputs, outputs and features; its state and its weights of time have more bits. */
export const svdf: OperatorRule = {
  kind: 'SVDF',
  activations: [0],
  output: { kind: 'calibrated' },
  inner: svdfInside,
  options: { asymmetricQuantizeInputs: false },
  version: () => 3,
  runtimes: { 1: '1.5.0', 2: '1.14.0', 3: '2.2.0', 4: '2.3.0' },
}
