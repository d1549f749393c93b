import { floorElements, wasm } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** FLOOR. */
export const floor = mapOperator(
  'FLOOR',
  ['float32'],
  () => ({ float32: floorElements }),
  wasm.floorFloat32Kernel,
)
