import { complexAbs as magnitudes } from '@quantrx/kernels'
import { complexPartOperator } from '../shared/complex.ts'

/** COMPLEX_ABS. */
export const complexAbs = complexPartOperator('COMPLEX_ABS', magnitudes)
