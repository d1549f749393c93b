import { sqrtFloat32 } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** SQRT. */
export const sqrt = mapOperator('SQRT', ['float32'], () => ({ float32: sqrtFloat32 }))
