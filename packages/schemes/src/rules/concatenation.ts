import type { OperatorRule } from '../rule.ts'

/** CONCATENATION: moves bytes, so all inputs are quantized like the output. */
export const concatenation: OperatorRule = {
  kind: 'CONCATENATION',
  activations: 'all',
  output: { kind: 'inputs-same-as-output' },
  fusedActivations: ['NONE'],
  version: () => 2,
  int16: { version: () => 3 },
  runtimes: { 1: '1.5.0', 2: '1.14.0', 3: '2.3.0' },
}
