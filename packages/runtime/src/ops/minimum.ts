import { smaller } from '@quantrx/kernels'
import { storedPairOperator } from '../shared/stored-pair-operator.ts'

/** MINIMUM with broadcasting. */
export const minimum = storedPairOperator('MINIMUM', smaller, 'smaller')
