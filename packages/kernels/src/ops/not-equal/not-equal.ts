import type { Comparison } from '../../shared/comparison.ts'

/** NOT_EQUAL: 1 where the first operand is not the second. */
export const isNotEqual: Comparison = (a, b) => a !== b
