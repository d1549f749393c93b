import { isNotEqual } from '@quantrx/kernels'
import { comparisonOperator, equalitySupports } from '../shared/comparison-operator.ts'

/** NOT_EQUAL with broadcasting. */
export const notEqual = comparisonOperator('NOT_EQUAL', equalitySupports, {
  name: 'notEqual',
  compare: isNotEqual,
})
