import { unitInt16 } from '../rule.ts'
import type { OperatorRule } from '../rule.ts'

/** SOFTMAX: the output always ranges from 0 to 1. */
export const softmax: OperatorRule = {
  kind: 'SOFTMAX',
  activations: [0],
  output: { kind: 'fixed', parameters: { scale: 1 / 256, zeroPoint: -128 } },
  version: () => 2,
  int16: { output: unitInt16, version: () => 3 },
  runtimes: { 1: '1.5.0', 2: '1.14.0', 3: '2.3.0' },
}
