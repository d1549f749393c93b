import { squareFloat32 } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** SQUARE. */
export const square = mapOperator('SQUARE', ['float32'], () => ({ float32: squareFloat32 }))
