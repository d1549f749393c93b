import { imaginaryParts } from '@quantrx/kernels'
import { realOfComplex } from '../shared/complex.ts'

/** IMAG. */
export const imag = realOfComplex('IMAG', imaginaryParts)
