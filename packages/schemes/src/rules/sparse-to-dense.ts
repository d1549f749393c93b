import type { OperatorRule } from '../rule.ts'

/** SPARSE_TO_DENSE: moves bytes; values and what stands elsewhere are quantized like the output. */
export const sparseToDense: OperatorRule = {
  kind: 'SPARSE_TO_DENSE',
  activations: [2, 3],
  output: { kind: 'inputs-same-as-output' },
  version: () => 3,
  runtimes: { 1: '1.9.0', 2: '1.14.0', 3: '1.15.0' },
}
