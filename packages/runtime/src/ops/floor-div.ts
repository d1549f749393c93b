import { floorDivFloat32, floorDivInt32 } from '@quantrx/kernels'
import { pairOperator } from '../shared/pair-operator.ts'

/** FLOOR_DIV with broadcasting. */
export const floorDiv = pairOperator('FLOOR_DIV', { float32: floorDivFloat32, int32: floorDivInt32 })
