import { comparisonRule } from '../comparison-rule.ts'

/** NOT_EQUAL: the operands have ranges of their own. */
export const notEqual = comparisonRule('NOT_EQUAL')
