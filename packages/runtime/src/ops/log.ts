import { logFloat32, logStored, wasm } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** LOG, the natural logarithm. */
export const log = mapOperator(
  'LOG',
  ['float32', 'int8', 'uint8', 'int16'],
  () => ({
    float32: logFloat32,
    stored: logStored,
  }),
  wasm.logFloat32Kernel,
)
