import { roundElements, wasm } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** ROUND, halves to even. */
export const round = mapOperator(
  'ROUND',
  ['float32'],
  () => ({ float32: roundElements }),
  wasm.roundFloat32Kernel,
)
