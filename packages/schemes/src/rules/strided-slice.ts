import type { OperatorRule, VersionFacts } from '../rule.ts'

/** STRIDED_SLICE: moves bytes. */
export const stridedSlice: OperatorRule = {
  kind: 'STRIDED_SLICE',
  activations: [0],
  output: { kind: 'same-as-input' },
  version,
  int16: { version },
  runtimes: { 1: '1.6.0', 2: '1.14.0', 4: '2.2.0', 5: '2.5.0', 6: '2.6.0' },
}

function version({ operator: { builtinOptions: options }, inputShapes }: VersionFacts): number {
  const hasMasks =
    options?.kind === 'StridedSliceOptions' && (options.ellipsisMask !== 0 || options.newAxisMask !== 0)
  if (hasMasks) return 6
  return (inputShapes[0]?.length ?? 0) > 4 ? 4 : 2
}
