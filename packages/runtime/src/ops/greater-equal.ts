import { isGreaterOrEqual } from '@quantrx/kernels'
import { comparisonOperator, orderSupports } from '../shared/comparison-operator.ts'

/** GREATER_EQUAL with broadcasting. */
export const greaterEqual = comparisonOperator('GREATER_EQUAL', orderSupports, {
  name: 'greaterEqual',
  compare: isGreaterOrEqual,
})
