import { activationRange, activationRescale, reluFloat32, reluStored, wasm } from '@quantrx/kernels'
import type { OperatorImplementation } from '../operator.ts'
import { generateUnary, rescaledShorts } from '../shared/generate-unary.ts'
import { prepareUnary } from '../shared/unary.ts'

const supports = ['float32', 'int8', 'uint8', 'int16'] as const

/** RELU, which rescales from input to output. */
export const relu: OperatorImplementation<'RELU'> = {
  kind: 'RELU',
  supports,
  prepare: (context) => prepareUnary(context, supports, { float32: reluFloat32, stored: reluStored }),
  divides: true,
  generate: (context, options) =>
    generateUnary(context, options, supports, {
      float32: (elements, share) => wasm.clampFloat32Kernel(activationRange('RELU'), elements, share),
      stored: reluStored,
      shorts: rescaledShorts((stored) => activationRescale(activationRange('RELU'), stored)),
    }),
}
