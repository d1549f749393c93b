import type { Comparison } from '../../shared/comparison.ts'

/** LESS_EQUAL: 1 where the first operand is below or equals the second. */
export const isLessOrEqual: Comparison = (a, b) => a <= b
