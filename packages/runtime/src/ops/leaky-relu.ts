import {
  leakyReluFactors,
  leakyReluFloat32,
  leakyReluStored,
  requantizeRescale,
  wasm,
} from '@quantrx/kernels'
import { rescaledShorts } from '../shared/generate-unary.ts'
import { mapOperator } from '../shared/map-operator.ts'

/** LEAKY_RELU. */
export const leakyRelu = mapOperator(
  'LEAKY_RELU',
  ['float32', 'int8', 'uint8', 'int16'],
  ({ alpha }) => ({
    float32: leakyReluFloat32({ alpha }),
    stored: (options) => leakyReluStored({ ...options, alpha }),
    shorts: rescaledShorts((options) => {
      const { above, below } = leakyReluFactors({ ...options, alpha })
      return { ...requantizeRescale(options), factor: above, factorBelow: below }
    }),
  }),
  (elements, share, { alpha }) => wasm.leakyReluKernel(alpha, elements, share),
)
