import { leakyReluFloat32, leakyReluStored, wasm } from '@quantrx/kernels'
import { mapOperator } from '../shared/map-operator.ts'

/** LEAKY_RELU. */
export const leakyRelu = mapOperator(
  'LEAKY_RELU',
  ['float32', 'int8', 'uint8', 'int16'],
  ({ alpha }) => ({
    float32: leakyReluFloat32({ alpha }),
    stored: (options) => leakyReluStored({ ...options, alpha }),
  }),
  (elements, share, { alpha }) => wasm.leakyReluKernel(alpha, elements, share),
)
