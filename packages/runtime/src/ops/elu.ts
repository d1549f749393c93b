import { eluFloat32, eluStored, wasm } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** ELU. */
export const elu = mapOperator(
  'ELU',
  ['float32', 'int8', 'uint8'],
  () => ({
    float32: eluFloat32,
    stored: eluStored,
  }),
  wasm.eluKernel,
)
