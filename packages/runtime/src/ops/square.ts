import { squareFloat32, wasm } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** SQUARE. */
export const square = mapOperator(
  'SQUARE',
  ['float32'],
  () => ({ float32: squareFloat32 }),
  wasm.squareFloat32Kernel,
)
