import type { Comparison } from '../../shared/comparison.ts'

/** GREATER: true where the first number is above the second. */
export const isGreater: Comparison = (a, b) => a > b
