import type { OperatorRule } from '../rule.ts'

/** DYNAMIC_UPDATE_SLICE: moves bytes of two tensors, which are quantized like the output. */
export const dynamicUpdateSlice: OperatorRule = {
  kind: 'DYNAMIC_UPDATE_SLICE',
  activations: [0, 1],
  output: { kind: 'inputs-same-as-output' },
  version: () => 1,
  int16: { version: () => 4 },
  runtimes: { 1: '2.9.0', 4: '2.20.0' },
}
