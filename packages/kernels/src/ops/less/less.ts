import type { Comparison } from '../../shared/comparison.ts'

/** LESS: 1 where the first operand is below the second. */
export const isLess: Comparison = (a, b) => a < b
