import { negElements, negInt64, wasm } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** NEG. */
export const neg = mapOperator(
  'NEG',
  ['float32', 'int32', 'int64'],
  () => ({
    float32: negElements,
    int32: negElements,
    int64: negInt64,
  }),
  wasm.negFloat32Kernel,
)
