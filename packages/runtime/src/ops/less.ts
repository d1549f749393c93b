import { isLess } from '@quantrx/kernels'
import { comparisonOperator, orderSupports } from '../shared/comparison-operator.ts'

/** LESS with broadcasting. */
export const less = comparisonOperator('LESS', orderSupports, { name: 'less', compare: isLess })
