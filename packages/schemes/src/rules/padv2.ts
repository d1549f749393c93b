import type { OperatorRule } from '../rule.ts'

/** PADV2: the padding is a value of the output, so input and value are quantized like it. */
export const padv2: OperatorRule = {
  kind: 'PADV2',
  activations: [0, 2],
  output: { kind: 'inputs-same-as-output' },
  version: ({ inputShapes }) => ((inputShapes[0]?.length ?? 0) > 4 ? 4 : 2),
  int16: { version: ({ inputShapes }) => ((inputShapes[0]?.length ?? 0) > 4 ? 4 : 3) },
  runtimes: { 1: '1.9.0', 2: '1.14.0', 3: '2.4.0', 4: '2.6.0' },
}
