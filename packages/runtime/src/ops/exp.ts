import { expFloat32, expStored, wasm } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** EXP. */
export const exp = mapOperator(
  'EXP',
  ['float32', 'int8', 'uint8', 'int16'],
  () => ({
    float32: expFloat32,
    stored: expStored,
  }),
  wasm.expKernel,
)
