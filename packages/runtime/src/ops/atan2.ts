import { atan2Float32 } from '@quantrx/kernels'
import { pairOperator } from '../shared/pair-operator.ts'

/** ATAN2 with broadcasting, which LiteRT does not have here. */
export const atan2 = pairOperator('ATAN2', { float32: atan2Float32 })
