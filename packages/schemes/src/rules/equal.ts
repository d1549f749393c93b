import { comparisonRule } from '../comparison-rule.ts'

/** EQUAL: the operands have ranges of their own. */
export const equal = comparisonRule('EQUAL')
