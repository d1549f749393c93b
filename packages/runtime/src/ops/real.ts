import { realParts } from '@quantrx/kernels'
import { realOfComplex } from '../shared/complex.ts'

/** REAL. */
export const real = realOfComplex('REAL', realParts)
