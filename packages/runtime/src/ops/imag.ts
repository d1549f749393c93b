import { imaginaryParts } from '@quantrx/kernels'
import { complexPartOperator } from '../shared/complex.ts'

/** IMAG. */
export const imag = complexPartOperator('IMAG', imaginaryParts)
