import { unitInt16 } from '../rule.ts'
import type { OperatorRule } from '../rule.ts'

/** TANH: the output always ranges from -1 to 1. */
export const tanh: OperatorRule = {
  kind: 'TANH',
  activations: [0],
  output: { kind: 'fixed', parameters: { scale: 1 / 128, zeroPoint: 0 } },
  version: () => 2,
  int16: { output: unitInt16, version: () => 3 },
  runtimes: { 1: '1.14.0', 2: '1.14.0', 3: '2.3.0' },
}
