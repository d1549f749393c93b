import { rsqrtFloat32, rsqrtStored, wasm } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** RSQRT, one over the square root. */
export const rsqrt = mapOperator(
  'RSQRT',
  ['float32', 'int8', 'uint8', 'int16'],
  () => ({
    float32: rsqrtFloat32,
    stored: rsqrtStored,
  }),
  wasm.rsqrtFloat32Kernel,
)
