import { integerActivations } from '../rule.ts'
import type { OperatorRule } from '../rule.ts'

/** ADD: both operands and the output have ranges of their own. */
export const add: OperatorRule = {
  kind: 'ADD',
  activations: 'all',
  output: { kind: 'calibrated' },
  fusedActivations: integerActivations,
  // The kernel adds in units of twice the larger input scale / 2^20 and cannot scale up from there (spec 7.4).
  smallestOutputScale: (inputScales) => (2 * Math.max(...inputScales)) / 2 ** 19,
  version: () => 2,
  int16: {
    options: { potScaleInt16: false },
    // As above, with 15 bits in place of 20.
    smallestOutputScale: (inputScales) => (2 * Math.max(...inputScales)) / 2 ** 14,
    version: () => 3,
  },
  runtimes: { 1: '1.5.0', 2: '1.14.0', 3: '2.4.0' },
}
