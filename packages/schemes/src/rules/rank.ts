import type { OperatorRule } from '../rule.ts'

/** RANK: looks at no values, so its operand may have any type. */
export const rank: OperatorRule = {
  kind: 'RANK',
  activations: [0],
  looksAtValues: false,
  output: { kind: 'unquantized' },
  version: () => 1,
  int16: { version: () => 1 },
  runtimes: { 1: '1.14.0' },
}
