import type { OperatorRule } from '../rule.ts'

/** PACK: moves bytes, so all inputs are quantized like the output. */
export const pack: OperatorRule = {
  kind: 'PACK',
  activations: 'all',
  output: { kind: 'inputs-same-as-output' },
  version: () => 2,
  runtimes: { 1: '1.11.0', 2: '1.14.0' },
}
