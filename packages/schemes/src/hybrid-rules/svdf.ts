import type { HybridOnlyRule } from '../hybrid-rule.ts'

/** SVDF: weights of features and of time. */
export const svdf: HybridOnlyRule = { kind: 'SVDF', operands: [1, 2], version: 2 }
