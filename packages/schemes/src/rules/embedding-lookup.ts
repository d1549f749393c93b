import type { OperatorRule } from '../rule.ts'

/** EMBEDDING_LOOKUP: moves rows of a table, which keep their own scales where they become real numbers. */
export const embeddingLookup: OperatorRule = {
  kind: 'EMBEDDING_LOOKUP',
  activations: [1],
  output: { kind: 'same-as-input' },
  version: () => 1,
  hybrid: { version: 4, weights: { operand: 1, channelAxis: 0, int4Versions: { float32: 4 } } },
  runtimes: { 1: '1.13.0', 4: '2.18.0' },
}
