import type { OperatorRule } from '../rule.ts'

/** DEPTH_TO_SPACE: moves bytes. */
export const depthToSpace: OperatorRule = {
  kind: 'DEPTH_TO_SPACE',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: () => 2,
  runtimes: { 1: '2.1.0', 2: '2.5.0' },
}
