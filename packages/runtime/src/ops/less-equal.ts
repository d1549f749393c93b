import { isLessOrEqual } from '@quantrx/kernels'
import { comparisonOperator, orderSupports } from '../shared/comparison-operator.ts'

/** LESS_EQUAL with broadcasting. */
export const lessEqual = comparisonOperator('LESS_EQUAL', orderSupports, {
  name: 'lessEqual',
  compare: isLessOrEqual,
})
