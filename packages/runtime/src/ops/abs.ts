import { absElements, absStored, wasm } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** ABS. */
export const abs = mapOperator(
  'ABS',
  ['float32', 'int8', 'uint8', 'int16', 'int32'],
  () => ({
    float32: absElements,
    int32: absElements,
    stored: absStored,
  }),
  wasm.absFloat32Kernel,
)
