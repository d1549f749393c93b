import type { OperatorRule } from '../rule.ts'

/** RESIZE_NEAREST_NEIGHBOR: moves bytes. */
export const resizeNearestNeighbor: OperatorRule = {
  kind: 'RESIZE_NEAREST_NEIGHBOR',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: ({ operator: { builtinOptions: options } }) =>
    options?.kind === 'ResizeNearestNeighborOptions' && options.halfPixelCenters ? 3 : 2,
  int16: { version: () => 4 },
  runtimes: { 1: '1.13.1', 2: '1.14.0', 3: '2.3.0', 4: '2.4.0' },
}
