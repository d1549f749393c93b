import type { OperatorRule } from '../rule.ts'

/** SLICE: moves bytes. */
export const slice: OperatorRule = {
  kind: 'SLICE',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: ({ inputShapes }) => ((inputShapes[0]?.length ?? 0) > 4 ? 5 : 2),
  int16: { version: ({ inputShapes }) => ((inputShapes[0]?.length ?? 0) > 4 ? 5 : 4) },
  runtimes: { 1: '1.14.0', 2: '1.14.0', 4: '2.4.0', 5: '2.5.0' },
}
