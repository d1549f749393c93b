import type { Comparison } from '../../shared/comparison.ts'

/** EQUAL: true where the first number equals the second. */
export const isEqual: Comparison = (a, b) => a === b
