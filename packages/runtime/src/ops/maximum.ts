import { larger } from '@quantrx/kernels'
import { storedPairOperator } from '../shared/stored-pair-operator.ts'

/** MAXIMUM with broadcasting. */
export const maximum = storedPairOperator('MAXIMUM', larger, 'larger')
