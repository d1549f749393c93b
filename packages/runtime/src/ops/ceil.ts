import { ceilElements, wasm } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** CEIL. */
export const ceil = mapOperator(
  'CEIL',
  ['float32'],
  () => ({ float32: ceilElements }),
  wasm.ceilFloat32Kernel,
)
