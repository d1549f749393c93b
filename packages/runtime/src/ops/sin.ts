import { sinFloat32 } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** SIN of radians. */
export const sin = mapOperator('SIN', ['float32'], () => ({ float32: sinFloat32 }))
