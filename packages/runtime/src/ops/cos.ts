import { cosFloat32 } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** COS of radians. */
export const cos = mapOperator('COS', ['float32'], () => ({ float32: cosFloat32 }))
