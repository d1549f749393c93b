import type { OperatorRule } from '../rule.ts'

/** GATHER: moves bytes. */
export const gather: OperatorRule = {
  kind: 'GATHER',
  activations: [0],
  output: { kind: 'same-as-input' },
  version: ({ operator: { builtinOptions: options } }) =>
    options?.kind === 'GatherOptions' && options.batchDims !== 0 ? 5 : 2,
  int16: {
    version: ({ operator: { builtinOptions: options } }) =>
      options?.kind === 'GatherOptions' && options.batchDims !== 0 ? 5 : 4,
  },
  runtimes: { 1: '1.6.0', 2: '1.14.0', 4: '2.4.0', 5: '2.5.0' },
}
