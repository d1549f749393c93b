import { sqrtFloat32, sqrtStored, wasm } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** SQRT. */
export const sqrt = mapOperator(
  'SQRT',
  ['float32', 'int8', 'uint8', 'int16'],
  () => ({
    float32: sqrtFloat32,
    stored: sqrtStored,
  }),
  wasm.sqrtFloat32Kernel,
)
