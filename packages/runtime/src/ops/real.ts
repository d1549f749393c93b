import { realParts } from '@quantrx/kernels'
import { complexPartOperator } from '../shared/complex.ts'

/** REAL. */
export const real = complexPartOperator('REAL', realParts)
