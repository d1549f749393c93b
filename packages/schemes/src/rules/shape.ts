import type { OperatorRule } from '../rule.ts'

/** SHAPE: looks at no values, so its operand may have any type. */
export const shape: OperatorRule = {
  kind: 'SHAPE',
  activations: [0],
  looksAtValues: false,
  output: { kind: 'unquantized' },
  version: () => 1,
  int16: { version: () => 1 },
  runtimes: { 1: '1.10.0' },
}
