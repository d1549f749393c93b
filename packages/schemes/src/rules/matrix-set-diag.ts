import type { OperatorRule } from '../rule.ts'

/** MATRIX_SET_DIAG: moves bytes of two tensors, which are quantized like the output. */
export const matrixSetDiag: OperatorRule = {
  kind: 'MATRIX_SET_DIAG',
  activations: [0, 1],
  output: { kind: 'inputs-same-as-output' },
  version: () => 1,
  int16: { version: () => 1 },
  runtimes: { 1: '1.14.0' },
}
