import type { Comparison } from '../../shared/comparison.ts'

/** GREATER: 1 where the first operand is above the second. */
export const isGreater: Comparison = (a, b) => a > b
