import { comparisonRule } from '../comparison-rule.ts'

/** LESS_EQUAL: the operands have ranges of their own. */
export const lessEqual = comparisonRule('LESS_EQUAL')
