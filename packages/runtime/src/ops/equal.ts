import { isEqual } from '@quantrx/kernels'
import { comparisonOperator, equalitySupports } from '../shared/comparison-operator.ts'

/** EQUAL with broadcasting. */
export const equal = comparisonOperator('EQUAL', equalitySupports, { name: 'equal', compare: isEqual })
