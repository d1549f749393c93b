import type { OperatorRule } from '../rule.ts'

/** SPACE_TO_DEPTH: moves bytes. */
export const spaceToDepth: OperatorRule = {
  kind: 'SPACE_TO_DEPTH',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: () => 2,
  runtimes: { 1: '1.5.0', 2: '1.14.0' },
}
