import { integerActivations } from '../rule.ts'
import type { OperatorRule } from '../rule.ts'

/** MUL: both operands and the output have ranges of their own. */
export const mul: OperatorRule = {
  kind: 'MUL',
  activations: 'all',
  output: { kind: 'calibrated' },
  fusedActivations: integerActivations,
  // Factors of 1 and above came with version 3 of the kernel.
  version: ({ inputScales: [first = 0, second = 0], outputScale }) =>
    (first * second) / outputScale >= 1 ? 3 : 2,
  int16: { version: () => 4 },
  runtimes: { 1: '1.5.0', 2: '1.14.0', 3: '1.15.0', 4: '2.3.0' },
}
