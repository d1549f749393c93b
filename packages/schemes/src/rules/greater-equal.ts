import { comparisonRule } from '../comparison-rule.ts'

/** GREATER_EQUAL: the operands have ranges of their own. */
export const greaterEqual = comparisonRule('GREATER_EQUAL')
