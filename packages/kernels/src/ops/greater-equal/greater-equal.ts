import type { Comparison } from '../../shared/comparison.ts'

/** GREATER_EQUAL: true where the first number is above or equals the second. */
export const isGreaterOrEqual: Comparison = (a, b) => a >= b
