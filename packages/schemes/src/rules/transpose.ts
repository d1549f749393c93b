import type { OperatorRule } from '../rule.ts'

/** TRANSPOSE: moves bytes. */
export const transpose: OperatorRule = {
  kind: 'TRANSPOSE',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: ({ inputShapes }) => ({ 5: 4, 6: 6 })[inputShapes[0]?.length ?? 0] ?? 2,
  int16: { version: ({ inputShapes }) => (inputShapes[0]?.length === 6 ? 6 : 5) },
  runtimes: { 1: '1.6.0', 2: '1.14.0', 4: '2.3.0', 5: '2.4.0', 6: '2.12.0' },
}
