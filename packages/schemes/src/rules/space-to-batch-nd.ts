import type { OperatorRule } from '../rule.ts'

/** SPACE_TO_BATCH_ND: moves bytes, and pads with the zero point. */
export const spaceToBatchNd: OperatorRule = {
  kind: 'SPACE_TO_BATCH_ND',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: ({ inputShapes }) => (inputShapes[0]?.length === 3 ? 3 : 2),
  int16: { version: () => 4 },
  runtimes: { 1: '1.6.0', 2: '1.14.0', 3: '2.3.0', 4: '2.12.0' },
}
