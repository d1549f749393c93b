import type { Comparison } from '../../shared/comparison.ts'

/** GREATER_EQUAL: 1 where the first operand is above or equals the second. */
export const isGreaterOrEqual: Comparison = (a, b) => a >= b
