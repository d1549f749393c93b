import { integerActivations } from '../rule.ts'
import type { OperatorRule } from '../rule.ts'

/** AVERAGE_POOL_2D: the kernel does not rescale. */
export const averagePool2d: OperatorRule = {
  kind: 'AVERAGE_POOL_2D',
  activations: [0],
  output: { kind: 'same-as-input' },
  fusedActivations: integerActivations,
  version: () => 2,
  int16: { version: () => 3 },
  runtimes: { 1: '1.5.0', 2: '1.14.0', 3: '2.3.0' },
}
