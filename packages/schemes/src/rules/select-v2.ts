import type { OperatorRule } from '../rule.ts'

/** SELECT_V2: chooses between stored integers, so both values are quantized like the output. */
export const selectV2: OperatorRule = {
  kind: 'SELECT_V2',
  activations: [1, 2],
  output: { kind: 'inputs-same-as-output' },
  version: () => 1,
  int16: { version: () => 1 },
  runtimes: { 1: '2.2.0' },
}
