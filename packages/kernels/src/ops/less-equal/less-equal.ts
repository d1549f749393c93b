import type { Comparison } from '../../shared/comparison.ts'

/** LESS_EQUAL: true where the first number is below or equals the second. */
export const isLessOrEqual: Comparison = (a, b) => a <= b
