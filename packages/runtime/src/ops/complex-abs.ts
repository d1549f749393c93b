import { complexAbs as distances } from '@quantrx/kernels'
import { realOfComplex } from '../shared/complex.ts'

/** COMPLEX_ABS. */
export const complexAbs = realOfComplex('COMPLEX_ABS', distances)
