import { roundElements } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** ROUND, halves to even. */
export const round = mapOperator('ROUND', ['float32'], () => ({ float32: roundElements }))
