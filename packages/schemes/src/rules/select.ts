import type { OperatorRule } from '../rule.ts'

/** SELECT: chooses between stored integers, so both values are quantized like the output. */
export const select: OperatorRule = {
  kind: 'SELECT',
  activations: [1, 2],
  output: { kind: 'inputs-same-as-output' },
  version: () => 2,
  int16: { version: () => 1 },
  runtimes: { 1: '1.14.0', 2: '1.14.0' },
}
