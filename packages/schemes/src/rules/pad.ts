import type { OperatorRule } from '../rule.ts'

/** PAD: fills with the zero point. */
export const pad: OperatorRule = {
  kind: 'PAD',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: () => 2,
  int16: { version: ({ inputShapes }) => ((inputShapes[0]?.length ?? 0) > 4 ? 4 : 3) },
  runtimes: { 1: '1.5.0', 2: '1.14.0', 3: '2.4.0', 4: '2.6.0' },
}
