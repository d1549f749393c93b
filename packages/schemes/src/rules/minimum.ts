import { broadcastVersion } from '../broadcast-version.ts'
import type { OperatorRule } from '../rule.ts'

/** MINIMUM: chooses between stored integers, so all tensors are quantized alike. */
export const minimum: OperatorRule = {
  kind: 'MINIMUM',
  activations: 'all',
  output: { kind: 'inputs-same-as-output' },
  version: broadcastVersion(2, 3),
  int16: { version: () => 4 },
  runtimes: { 1: '1.14.0', 2: '1.14.0', 3: '2.3.0', 4: '2.3.0' },
}
