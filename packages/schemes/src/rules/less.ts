import { comparisonRule } from '../comparison-rule.ts'

/** LESS: the operands have ranges of their own. */
export const less = comparisonRule('LESS')
