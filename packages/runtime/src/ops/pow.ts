import { powFloat32, powInt32 } from '@quantrx/kernels'
import { pairOperator } from '../shared/pair-operator.ts'

/** POW with broadcasting. */
export const pow = pairOperator('POW', { float32: powFloat32, int32: powInt32 })
