import type { OperatorRule } from '../rule.ts'

/** PACK: moves bytes, so all inputs are quantized like the output. */
export const pack: OperatorRule = {
  kind: 'PACK',
  activations: 'all',
  output: { kind: 'inputs-same-as-output' },
  version: () => 2,
  int16: { version: () => 3 },
  runtimes: { 1: '1.11.0', 2: '1.14.0', 3: '2.3.0' },
}
