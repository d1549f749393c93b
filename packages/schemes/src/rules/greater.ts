import { comparisonRule } from '../comparison-rule.ts'

/** GREATER: the operands have ranges of their own. */
export const greater = comparisonRule('GREATER')
