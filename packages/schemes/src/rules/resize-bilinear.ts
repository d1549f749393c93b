import type { OperatorRule } from '../rule.ts'

/** RESIZE_BILINEAR: mixes stored values of one scale. */
export const resizeBilinear: OperatorRule = {
  kind: 'RESIZE_BILINEAR',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: ({ operator: { builtinOptions: options } }) =>
    options?.kind === 'ResizeBilinearOptions' && options.halfPixelCenters ? 3 : 2,
  int16: { version: () => 4 },
  runtimes: { 1: '1.7.0', 2: '1.14.0', 3: '2.2.0', 4: '2.5.0' },
}
