import type { Comparison } from '../../shared/comparison.ts'

/** NOT_EQUAL: true where the first number is not the second. */
export const isNotEqual: Comparison = (a, b) => a !== b
