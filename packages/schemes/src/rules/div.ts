import { broadcastVersion } from '../broadcast-version.ts'
import { integerActivations } from '../rule.ts'
import type { OperatorRule } from '../rule.ts'

/** DIV by a constant; a computed divisor may be 0 once it is quantized, with which LiteRT stops. */
export const div: OperatorRule = {
  kind: 'DIV',
  activations: 'all',
  output: { kind: 'calibrated' },
  fusedActivations: integerActivations,
  divisor: 1,
  version: broadcastVersion(1, 2),
  runtimes: { 1: '1.6.0', 2: '2.3.0' },
}
