import type { OperatorRule } from '../rule.ts'

/** ARG_MIN: compares stored values; positions are not quantized. */
export const argMin: OperatorRule = {
  kind: 'ARG_MIN',
  activations: [0],
  output: { kind: 'unquantized' },
  version: () => 2,
  runtimes: { 1: '1.9.0', 2: '1.14.0' },
}
