import { isGreater } from '@quantrx/kernels'
import { comparisonOperator, orderSupports } from '../shared/comparison-operator.ts'

/** GREATER with broadcasting. */
export const greater = comparisonOperator('GREATER', orderSupports, { name: 'greater', compare: isGreater })
