import type { Comparison } from '../../shared/comparison.ts'

/** EQUAL: 1 where the first operand equals the second. */
export const isEqual: Comparison = (a, b) => a === b
