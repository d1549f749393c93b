import { signElements } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** SIGN. */
export const sign = mapOperator('SIGN', ['float32', 'int32'], () => ({
  float32: signElements,
  int32: signElements,
}))
