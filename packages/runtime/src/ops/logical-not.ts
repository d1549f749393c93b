import { logicalNotElements } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** LOGICAL_NOT. */
export const logicalNot = mapOperator('LOGICAL_NOT', ['bool'], () => ({ bool: logicalNotElements }))
