import { hardSwishFloat32, hardSwishStored, wasm } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** HARD_SWISH. */
export const hardSwish = mapOperator(
  'HARD_SWISH',
  ['float32', 'int8', 'uint8'],
  () => ({ float32: hardSwishFloat32, stored: hardSwishStored }),
  wasm.hardSwishKernel,
)
