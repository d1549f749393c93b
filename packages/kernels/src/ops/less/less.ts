import type { Comparison } from '../../shared/comparison.ts'

/** LESS: true where the first number is below the second. */
export const isLess: Comparison = (a, b) => a < b
